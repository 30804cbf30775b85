'use client'

import { useEffect, useState } from 'react'
import { type Actions, createActions } from './actions'
import { Banners } from './banners'
import { CellList } from './cell-list'
import { CellsInPalette } from './cells-in-palette'
import { SessionProvider, useView } from './context'
import { EditorColours } from './editor-colours'
import { FindBar } from './find/find-bar'
import { FirstSteps } from './first-steps'
import { KeysOfNotebook } from './keys-of-notebook'
import { DeclarationDialog } from './language/declaration-dialog'
import { ReferencesDialog } from './language/references-dialog'
import classes from './notebook.module.css'
import panels from './panels/panels.module.css'
import { SideBar } from './panels/side-bar'
import { PromoteDialog } from './promote-dialog'
import { RunningCell } from './running-cell'
import { type NotebookSession, openSession, type Person } from './session'
import { Skeletons } from './skeletons'
import { StatusBar } from './status-bar'
import { TopBar } from './top-bar'
import { useArrival } from './use-arrival'
import { mayEdit } from './view'
import { VisitorStyles } from './visitor-styles'

export type NotebookProps = { id: string; title: string; example: string | undefined; person: Person }

/** The page of one notebook. */
export function Notebook({ id, title, example, person }: NotebookProps) {
  const [open, setOpen] = useState<{ session: NotebookSession; actions: Actions }>()
  const { id: userId, name } = person
  // biome-ignore lint/correctness/useExhaustiveDependencies: the title lives on in the session, a new one opens nothing
  useEffect(() => {
    const session = openSession(id, title, { id: userId, name })
    setOpen({ session, actions: createActions(session) })
    return () => session.close()
  }, [id, userId, name])
  if (!open) return <Skeletons title={title} />
  return (
    <SessionProvider session={open.session}>
      <Page actions={open.actions} example={example} />
    </SessionProvider>
  )
}

function Page({ actions, example }: { actions: Actions; example: string | undefined }) {
  const ready = useView((view) => view.ready)
  const editable = useView(mayEdit)
  const wide = useView((view) => view.settings.wide)
  const gone = useView((view) => view.sync.state === 'gone')
  useArrival(actions)
  return (
    <div className={classes.page}>
      <TopBar actions={actions} />
      <Banners actions={actions} />
      <div className={panels.middle}>
        <SideBar side="left" actions={actions} />
        <div className={classes.cells}>
          <div className={classes.scroller} data-scroller tabIndex={-1}>
            <div className={classes.column} data-wide={wide || undefined}>
              {example && ready && editable && <FirstSteps example={example} />}
              {ready ? <CellList actions={actions} /> : gone ? null : <Skeletons />}
            </div>
          </div>
          <FindBar actions={actions} />
          <RunningCell actions={actions} />
        </div>
        <SideBar side="right" actions={actions} />
      </div>
      <StatusBar actions={actions} />
      <PromoteDialog actions={actions} />
      <ReferencesDialog actions={actions} />
      <DeclarationDialog actions={actions} />
      <KeysOfNotebook actions={actions} />
      <CellsInPalette actions={actions} />
      <VisitorStyles />
      <EditorColours />
    </div>
  )
}
