import { Tooltip } from '@mantine/core'
import type { Backend, Isolation } from '../../../lib/protocol/events'
import { formatBytes, formatCount } from '../units'
import type { Actions } from './actions'
import { useView } from './context'
import { ProblemsMenu } from './language/problems-menu'
import classes from './status-bar.module.css'

/** Problems of the code, live figures of the kernel, how far it is kept from the machine, and which TensorFlow it has. */
export function StatusBar({ actions }: { actions: Actions }) {
  const stats = useView((view) => view.stats)
  const { state, isolation, backend } = useView((view) => view.kernel.kernel)
  const cells = useView((view) => view.ids.length)
  const alive = state === 'idle' || state === 'busy'
  return (
    <footer className={classes.bar}>
      <span>{formatCount(cells)} cells</span>
      <ProblemsMenu actions={actions} />
      {alive && stats && (
        <>
          <Tooltip label="Memory of the kernel's processes">
            <span>{formatBytes(stats.memory)}</span>
          </Tooltip>
          <Tooltip label="Share of one processor core">
            <span className={classes.wide}>CPU {Math.round(stats.cpu * 100)} %</span>
          </Tooltip>
          {stats.tensors !== undefined && (
            <Tooltip
              label={`Tensors that have not been disposed${stats.tensorBytes === undefined ? '' : `: ${formatBytes(stats.tensorBytes)}`}`}
            >
              <span className={classes.wide}>{formatCount(stats.tensors)} tensors</span>
            </Tooltip>
          )}
        </>
      )}
      <span className={classes.space} />
      {isolation && (
        <Tooltip label={`${isolationMeaning[isolation.level]} ${isolation.detail}`} multiline maw={340}>
          <span data-testid="isolation">{isolationName[isolation.level]}</span>
        </Tooltip>
      )}
      {backend && (
        <Tooltip label={backendMeaning(backend)} multiline maw={340}>
          <span data-testid="backend" data-warn={backend.name !== 'tensorflow' || undefined}>
            {backendName(backend)}
          </span>
        </Tooltip>
      )}
    </footer>
  )
}

const isolationName: Record<Isolation['level'], string> = {
  2: 'isolation 2: sandboxed',
  1: 'isolation 1: own user',
  0: 'isolation 0: none',
}
const isolationMeaning: Record<Isolation['level'], string> = {
  2: 'Cells run in bubblewrap: they see their own folder, not the rest of the machine.',
  1: 'Cells run as another user with limits, but see the same file system.',
  0: 'Cells run as a plain child process, with the rights of Cellar itself.',
}

const backendName = ({ name, version }: Backend) =>
  name === 'tensorflow'
    ? `TensorFlow native${version ? ` ${version}` : ''}`
    : name === 'wasm'
      ? 'TensorFlow WASM'
      : 'no TensorFlow'

const backendMeaning = ({ name, reason }: Backend) =>
  name === 'tensorflow'
    ? 'TensorFlow runs as native code.'
    : (reason ?? (name === 'wasm' ? 'Native TensorFlow is not set up.' : 'TensorFlow is not available.'))
