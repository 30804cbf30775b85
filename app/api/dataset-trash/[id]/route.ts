import { eraseDataset, restoreDataset } from '../../../../lib/datasets/trash'
import { database } from '../../../../lib/db'
import { route } from '../../../../lib/route'
import { ofDataset } from '../../../../lib/route-targets'

/** Out of the trash. */
export const POST = route({ action: 'dataset.restore', target: ofDataset }, ({ params }) =>
  restoreDataset(params.id!, database()),
)

/** Gone for good. */
export const DELETE = route({ action: 'dataset.erase', target: ofDataset }, ({ params }) =>
  eraseDataset(params.id!, database()),
)
