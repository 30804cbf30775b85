import { Button, Loader } from '@mantine/core'
import { useState } from 'react'
import { packageOf } from '../../../../lib/notebook/specifier'
import type { Actions } from '../actions'
import { changePackages } from '../change-packages'
import { useSession, useView } from '../context'
import { mayEdit } from '../view'
import classes from './outputs.module.css'

/** Below an error that the page can do something about: a button for that. */
export function ErrorHelp({ evalue, cellId, actions }: { evalue: string; cellId: string; actions: Actions }) {
  const editable = useView(mayEdit)
  const missing = /^Cannot find package '([^']+)'/.exec(evalue)?.[1]
  if (!editable) return null
  if (missing !== undefined)
    return <Install name={packageOf(missing) ?? missing} cellId={cellId} actions={actions} />
  if (/: restart the kernel, then run this cell again$/.test(evalue))
    return (
      <div className={classes.help}>
        <Button size="compact-xs" onClick={() => void actions.restart()}>
          Restart the kernel
        </Button>
      </div>
    )
  return null
}

/** Installs what a cell imports, and runs the cell again. */
function Install({ name, cellId, actions }: { name: string; cellId: string; actions: Actions }) {
  const session = useSession()
  const installing = useView((view) => view.installing)
  const [failure, setFailure] = useState<string>()
  async function install() {
    setFailure(undefined)
    try {
      await changePackages(session, { add: [name] })
      await actions.run([cellId])
    } catch (error) {
      setFailure((error as Error).message)
    }
  }
  return (
    <div className={classes.help}>
      <Button size="compact-xs" disabled={installing !== ''} onClick={() => void install()}>
        Install {name}
      </Button>
      {installing && (
        <span role="status">
          <Loader size={12} /> {installing}
        </span>
      )}
      {failure && <span className={classes.helpFailure}>{failure}</span>}
    </div>
  )
}
