'use client'

import { Anchor } from '@mantine/core'
import Link from 'next/link'
import type { TrashedDataset } from '../../../../lib/datasets/trash'
import { Page } from '../../../_ui/page'
import { Trash } from '../../../_ui/trash/trash'
import type { Wire } from '../../../_ui/wire'

type Props = { datasets: Wire<TrashedDataset>[]; mayEdit: boolean }

/** Data sets that were thrown away. */
export function DatasetTrashView({ datasets, mayEdit }: Props) {
  return (
    <Page>
      <Trash
        above={
          <Anchor component={Link} href="/data" size="sm">
            Data
          </Anchor>
        }
        description="Data sets stay here for 30 days, and longer while a version of a model is there that was made from them."
        things={datasets}
        kind="data sets"
        contents="all versions"
        address="/api/dataset-trash"
        mayEdit={mayEdit}
      />
    </Page>
  )
}
