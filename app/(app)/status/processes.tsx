import type { MachineStatus, ProcessStatus } from '../../../lib/status/read'
import { RelativeTime } from '../../_ui/relative-time'
import { formatBytes } from '../../_ui/units'
import { Away } from './by-machine'
import classes from './status.module.css'

const kinds: Record<ProcessStatus['kind'], string> = {
  web: 'Web',
  host: 'Kernels',
  worker: 'Models',
  jobs: 'Jobs',
  data: 'Data',
  trainer: 'Trainings',
}

/** Every process of Cellar, machine by machine, with what it runs on. */
export function Processes({ machines }: { machines: MachineStatus[] }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Process</th>
          <th scope="col">CPU</th>
          <th scope="col">Memory</th>
          <th scope="col">Started</th>
          <th scope="col">Cellar</th>
          <th scope="col">Node</th>
          <th scope="col">TensorFlow</th>
        </tr>
      </thead>
      {machines.map(({ name, awaySince, sample, processes }) => (
        <tbody key={name}>
          <tr>
            <th scope="rowgroup" colSpan={7} className={classes.group}>
              {name} <span>{sample ? `${sample.os}, ${sample.cpus} CPUs` : <Away since={awaySince} />}</span>
            </th>
          </tr>
          {processes.map((each) => (
            <tr key={`${each.kind} ${each.pid}`}>
              <th scope="row">
                {kinds[each.kind]} <span>{each.pid}</span>
              </th>
              <td>{each.cpu.toFixed(2)}</td>
              <td>{formatBytes(each.memory)}</td>
              <td>
                <RelativeTime at={new Date(each.startedAt).toISOString()} />
              </td>
              <td>{each.cellar}</td>
              <td>{each.node}</td>
              <td>{tensorflow(each)}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}

function tensorflow({ tensorflow: { name, version } }: ProcessStatus) {
  if (name === 'none') return 'none'
  return `${name === 'tensorflow' ? 'native' : 'WASM'}${version ? ` ${version}` : ''}`
}
