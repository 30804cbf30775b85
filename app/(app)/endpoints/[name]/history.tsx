'use client'

import type { EndpointPage } from '../../../../lib/registry/page'
import { type Column, DataTable } from '../../../_ui/data-table'
import { RelativeTime } from '../../../_ui/relative-time'
import type { Wire } from '../../../_ui/wire'
import { statusNames } from './statuses'
import { VersionLink } from './version-link'

type Entry = Wire<EndpointPage>['history'][number]

/** Which version took which status when, by whom and why. */
export const History = ({ endpoint, history }: { endpoint: string; history: Entry[] }) => (
  <DataTable
    label="Changes of status"
    columns={columnsOf(endpoint)}
    rows={history}
    rowKey={({ id }) => String(id)}
    maxHeight={360}
  />
)

const columnsOf = (endpoint: string): Column<Entry>[] => [
  {
    key: 'at',
    title: 'When',
    width: 170,
    value: ({ at }) => Date.parse(at),
    render: ({ at }) => <RelativeTime at={at} />,
  },
  {
    key: 'version',
    title: 'Version',
    value: ({ version }) => version,
    render: ({ version }) => <VersionLink endpoint={endpoint} version={version} />,
  },
  {
    key: 'change',
    title: 'Change',
    value: ({ to }) => to,
    render: ({ from, to }) => `${statusNames[from]} → ${statusNames[to]}`,
  },
  { key: 'by', title: 'By', wide: true, value: ({ by }) => by ?? '', render: ({ by }) => by ?? '–' },
  {
    key: 'reason',
    title: 'Why',
    wide: true,
    width: '40%',
    render: ({ reason }) => reason || '–',
  },
]
