import { Modal, Skeleton, useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { sayFailure } from '../../notices'
import type { Actions } from '../actions'
import { useSession, useView } from '../context'
import classes from './problems.module.css'

const loadMonaco = () => import('../monaco')

/** A declaration of a package or of TypeScript's libraries, to read. */
export function DeclarationDialog({ actions }: { actions: Actions }) {
  const session = useSession()
  const reading = useView((view) => view.reading)
  const [file, setFile] = useState<{ name: string; text: string }>()
  useEffect(() => {
    setFile(undefined)
    if (!reading) return
    let left = false
    session.ask('language.file', { file: reading.file }).then(
      (found) => {
        if (left) return
        if (found) setFile(found)
        else actions.closeReading()
      },
      (error) => {
        sayFailure('The declaration cannot be shown', error)
        actions.closeReading()
      },
    )
    return () => {
      left = true
    }
  }, [reading, session, actions])
  return (
    <Modal
      opened={reading !== undefined}
      onClose={actions.closeReading}
      size="min(960px, 96vw)"
      title={file?.name ?? 'Declaration'}
    >
      {reading && file ? (
        <Reader text={file.text} line={reading.range.start.line + 1} />
      ) : (
        <Skeleton className={classes.reader} />
      )}
    </Modal>
  )
}

function Reader({ text, line }: { text: string; line: number }) {
  const host = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme('light')
  useEffect(() => {
    let reader: { dispose(): void } | undefined
    let left = false
    void loadMonaco().then(async ({ mountReader, loadLanguage, setScheme }) => {
      await loadLanguage('typescript')
      if (left || !host.current) return
      setScheme(scheme)
      reader = mountReader(host.current, text, line)
    })
    return () => {
      left = true
      reader?.dispose()
    }
  }, [text, line, scheme])
  return <div ref={host} className={classes.reader} data-testid="declaration" />
}
