import { Button, Group } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Actions } from './actions'
import classes from './banners.module.css'
import { useView } from './context'
import { sentence } from './format'
import { mayEdit } from './view'

/** What went wrong with the notebook as a whole, and what helps. */
export function Banners({ actions }: { actions: Actions }) {
  const { state, reason, backend, lost } = useView((view) => view.kernel.kernel)
  const ready = useView((view) => view.ready)
  const host = useView((view) => view.host)
  const sync = useView((view) => view.sync)
  const editable = useView(mayEdit)
  return (
    <>
      {sync.state === 'signed out' && (
        <Banner tone="bad" icon={<IconPlugConnectedX size={16} />}>
          You were signed out. Your edits are kept in this browser.
          <Button component="a" href="/sign-in" size="compact-xs" variant="default">
            Sign in
          </Button>
        </Banner>
      )}
      {(sync.state === 'gone' || sync.state === 'refused') && (
        <Banner tone="bad" icon={<IconAlertTriangle size={16} />}>
          {sync.state === 'gone'
            ? 'This notebook cannot be opened: '
            : 'The server refused your last edits: '}
          {sync.reason}
        </Banner>
      )}
      {ready && state === 'dead' && (
        <Banner tone="bad" icon={<IconAlertTriangle size={16} />}>
          <span data-testid="dead-reason">
            {sentence(reason ?? 'the kernel has ended unexpectedly')} Your cells and outputs are safe;
            variables are gone.
          </span>
          {editable && (
            <Group gap={6} wrap="nowrap">
              <Button size="compact-xs" onClick={() => void actions.restart()}>
                Restart
              </Button>
              <Button size="compact-xs" variant="default" onClick={() => void actions.restart(true)}>
                Restart and run all
              </Button>
            </Group>
          )}
        </Banner>
      )}
      {ready && lost !== undefined && (
        <Banner tone="bad" icon={<IconAlertTriangle size={16} />}>
          <span data-testid="lost-reason">
            {state === 'stopped' ? 'Stopped' : 'Restarted'}, variables lost: {lost}.
          </span>
          {editable && (
            <Button size="compact-xs" onClick={() => void actions.runAll()}>
              Run all again
            </Button>
          )}
        </Banner>
      )}
      {ready && host === 'absent' && sync.state !== 'offline' && (
        <Banner tone="warn" icon={<IconPlugConnectedX size={16} />}>
          No machine that runs kernels is connected. You can edit; cells run again once it is back.
        </Banner>
      )}
      {backend?.name === 'wasm' && (
        <Banner tone="warn" icon={<IconInfoCircle size={16} />}>
          <span>
            TensorFlow runs as WebAssembly here, slower than native
            {backend.reason ? `: ${backend.reason}.` : '.'} <code>cellar doctor</code> says what mends it.
          </span>
        </Banner>
      )}
    </>
  )
}

function Banner({ tone, icon, children }: { tone: 'bad' | 'warn'; icon: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.banner} data-tone={tone} role="alert">
      <span className={classes.icon}>{icon}</span>
      <div className={classes.words}>{children}</div>
    </div>
  )
}
