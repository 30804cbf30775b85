import { ActionIcon, Alert, Button, Loader, Switch, TextInput } from '@mantine/core'
import { IconPackage, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { installedVersions, lockedPackages } from '../../../../lib/notebook/environment'
import type { Actions } from '../actions'
import { changePackages } from '../change-packages'
import { useSession, useView } from '../context'
import { useEnvironment } from '../use-environment'
import { mayEdit } from '../view'
import classes from './packages.module.css'
import parts from './parts.module.css'

/** The packages that were added to the notebook: add, remove, and whose install scripts may run. */
export function Packages({ actions }: { actions: Actions }) {
  const session = useSession()
  const editable = useView(mayEdit)
  const installing = useView((view) => view.installing)
  const { environment, error: unreadable } = useEnvironment()
  const [failure, setFailure] = useState<string>()
  const [asked, setAsked] = useState('')
  const versions = installedVersions(environment)

  async function change(wanted: Parameters<typeof changePackages>[1]) {
    setFailure(undefined)
    try {
      await changePackages(session, wanted)
      return true
    } catch (error) {
      setFailure((error as Error).message)
      return false
    }
  }
  async function add(event: FormEvent) {
    event.preventDefault()
    const names = asked.split(/[\s,]+/).filter(Boolean)
    if (names.length > 0 && (await change({ add: names }))) setAsked('')
  }

  const names = Object.keys(environment.packages).sort()
  return (
    <div className={parts.stack}>
      {editable && (
        <form className={classes.add} onSubmit={add}>
          <TextInput
            aria-label="Package to add"
            placeholder="left-pad or left-pad@1"
            size="xs"
            spellCheck={false}
            autoCapitalize="off"
            value={asked}
            error={failure ?? unreadable}
            onChange={(event) => setAsked(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" disabled={asked.trim() === '' || installing !== ''}>
            Add
          </Button>
        </form>
      )}
      <p className={classes.progress} role="status">
        {installing && (
          <>
            <Loader size={12} /> {installing}
          </>
        )}
      </p>
      <Outdated actions={actions} />
      {names.length === 0 ? (
        <Empty />
      ) : (
        <ul className={parts.list} aria-label="Packages of this notebook">
          {names.map((name) => (
            <li key={name} className={parts.item}>
              <IconPackage size={15} stroke={1.6} aria-hidden />
              <span className={parts.name}>{name}</span>
              <span className={parts.quiet} title={`asked for: ${environment.packages[name] || 'any'}`}>
                {versions[name] ?? environment.packages[name]}
              </span>
              {editable && (
                <ActionIcon
                  size={24}
                  aria-label={`Remove ${name}`}
                  disabled={installing !== ''}
                  onClick={() => void change({ remove: [name] })}
                >
                  <IconTrash size={14} stroke={1.6} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      <InstallScripts
        environment={environment}
        disabled={!editable || installing !== ''}
        onChange={(name, allowed) => void change({ scripts: { [name]: allowed } })}
      />
    </div>
  )
}

function Empty() {
  return (
    <p className={parts.hint}>
      Added packages are installed for this notebook alone, in the versions that its lockfile names. A cell
      can also ask for one itself: <code>import pad from 'npm:left-pad@1'</code>. Every notebook has arquero,
      TensorFlow.js and Plot already.
    </p>
  )
}

/** Says that the kernel still has what it loaded before. */
function Outdated({ actions }: { actions: Actions }) {
  const outdated = useView((view) => view.outdated === view.kernel.position.epoch)
  if (!outdated) return null
  return (
    <Alert p="xs" className={classes.alert}>
      The kernel has loaded other versions of these packages, and keeps them until it is restarted.
      <Button size="compact-xs" mt={6} onClick={() => void actions.restart()}>
        Restart the kernel
      </Button>
    </Alert>
  )
}

function InstallScripts({
  environment,
  disabled,
  onChange,
}: {
  environment: ReturnType<typeof useEnvironment>['environment']
  disabled: boolean
  onChange: (name: string, allowed: boolean) => void
}) {
  const locked = lockedPackages(environment.lock).filter(({ hasInstallScript }) => hasInstallScript)
  const names = [...new Set([...locked.map(({ name }) => name), ...environment.scripts])].sort()
  if (names.length === 0) return null
  return (
    <section className={classes.scripts}>
      <h3>Install scripts</h3>
      <p className={parts.hint}>
        These packages bring a script that runs when they are installed, such as one that builds native code.
        It runs isolated and without network, and only where you allow it.
      </p>
      {names.map((name) => (
        <Switch
          key={name}
          size="xs"
          label={name}
          checked={environment.scripts.includes(name)}
          disabled={disabled}
          onChange={(event) => onChange(name, event.currentTarget.checked)}
        />
      ))}
    </section>
  )
}
