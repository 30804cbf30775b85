import type { ReactNode } from 'react'
import type { StatusWidget } from '../../../lib/protocol/preferences'
import type { Status } from '../../../lib/status/read'
import { ByMachine } from './by-machine'
import { measures } from './measures'
import { Processes } from './processes'
import { Queues } from './queues'

/** What each widget is called and shows: another one is a line here and in `lib/protocol/preferences`. */
export const widgets: Record<StatusWidget, { label: string; show(status: Status): ReactNode }> = {
  cpu: byMachine('CPU', 'cpu'),
  memory: byMachine('Memory', 'memory'),
  load: byMachine('Load', 'load'),
  disk: byMachine('Disk', 'disk'),
  gpu: byMachine('GPU', 'gpu'),
  kernels: byMachine('Running kernels', 'kernels'),
  models: byMachine('Loaded models', 'models'),
  queues: { label: 'Queues', show: ({ queues }) => <Queues queues={queues} /> },
  processes: { label: 'Processes', show: ({ machines }) => <Processes machines={machines} /> },
}

function byMachine(label: string, name: keyof typeof measures) {
  return {
    label,
    show: (status: Status) => <ByMachine status={status} measure={measures[name]} label={label} />,
  }
}
