import { z } from 'zod'
import { database } from '../../../../lib/db'
import { changeRun, readRun } from '../../../../lib/experiments/run'
import { tracking } from '../../../../lib/protocol/limits'
import { route } from '../../../../lib/route'

export const GET = route({ action: 'run.read' }, ({ entry, params }) =>
  readRun(database(), entry.workspaceId, params.id!),
)

const name = z.string().trim().min(1).max(tracking.nameLength)

export const PATCH = route(
  {
    action: 'run.change',
    body: z.object({ name: name.nullable().optional(), tags: z.array(name).max(tracking.tags).optional() }),
  },
  ({ entry, params, body }) => changeRun(database(), entry.workspaceId, params.id!, body),
)
