'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import type * as Y from 'yjs'
import type { Actions } from './actions'
import { useSession, useView } from './context'
import classes from './editor.module.css'
import { editorHeight } from './editor-metrics'
import { useMarkedEditor, useMarkedText } from './find/use-found'
import { type Rank, whenPageIsIdle } from './idle-queue'
import type { EditorLanguage } from './language'
import { isScrolling } from './scrolling'
import { StaticCode } from './static-code'
import { watchNear } from './use-near'
import { useSource } from './use-source'
import { mayEdit } from './view'

/** In an idle moment in which the page does not scroll: a cell that is only scrolled past gets no editor. */
function whenStill(rank: Rank, run: () => void): () => void {
  const begin = () => whenPageIsIdle(rank, () => (isScrolling() ? again() : run()))
  const again = () => {
    const timer = setTimeout(() => {
      takeBack = begin()
    }, 100)
    takeBack = () => clearTimeout(timer)
  }
  let takeBack = begin()
  return () => takeBack()
}

/** Whether an element is near the screen, and when its editor's turn is: those in sight come first. */
function useNearRank(element: RefObject<HTMLElement | null>) {
  const [near, setNear] = useState(false)
  const rank = useRef<Rank>('editor')
  useEffect(() => {
    if (!element.current) return
    return watchNear(element.current, 700, (near, seen) => {
      rank.current = seen ? 'seen' : 'editor'
      setNear(near)
    })
  }, [element])
  return { near, rank }
}

/** Ends an editor in an idle moment, since a jump leaves a dozen of them. Returns what ends it now. */
function endLater(dispose: () => void, onEnd: () => void): () => void {
  const end = () => {
    takeBack()
    onEnd()
    dispose()
  }
  const takeBack = whenPageIsIdle('later', end)
  return end
}

export const loadMonaco = () => import('./monaco')

type Props = {
  id: string
  text: Y.Text
  language: EditorLanguage
  label: string
  actions: Actions
}

/** A cell's text: Monaco near the screen, the same text drawn plainly far from it. */
export function CodeEditor({ id, text, language, label, actions }: Props) {
  const session = useSession()
  const host = useRef<HTMLDivElement>(null)
  const { near, rank } = useNearRank(host)
  const numbered = useView((view) => view.numbered[id] ?? view.lineNumbers)
  const focused = useView((view) => view.selected === id && view.mode === 'edit')
  const editable = useView(mayEdit)
  const source = useSource(text)
  const [mounted, setMounted] = useState(false)
  const [wrapped, setWrapped] = useState<number>()
  const wanted = near || focused
  /** Ends an editor that was left and still stands under the text. */
  const leaving = useRef<() => void>(undefined)
  useEffect(() => () => leaving.current?.(), [])

  useEffect(() => {
    if (!wanted) return
    const element = host.current?.querySelector<HTMLElement>('[data-editor]')
    if (!element) return
    // What an editor is made of is on its way while the page is still busy with its cells.
    void loadMonaco()
    let dispose: (() => void) | undefined
    let left = false
    const mount = async () => {
      const { mountEditor, loadLanguage, setScheme } = await loadMonaco()
      await loadLanguage(language)
      if (left) return
      leaving.current?.()
      setScheme(document.documentElement.dataset.mantineColorScheme === 'dark' ? 'dark' : 'light')
      const editor = mountEditor(element, {
        text,
        language,
        label: `${label} of cell ${session.store.get().ids.indexOf(id) + 1}`,
        readOnly: !editable,
        lineNumbers: session.store.get().numbered[id] ?? session.store.get().lineNumbers,
        awareness: session.awareness,
        cell: { cellId: id, session, actions },
        keys: {
          runAndGoOn: () => actions.runCell(id, 'next'),
          run: () => actions.runCell(id),
          runAndInsert: () => actions.runCell(id, 'insert'),
          leave: () => actions.select(id),
          split: () => actions.split(id),
          step: (by) => actions.stepInto(id, by),
        },
        onFocus: () => actions.note(id, 'edit'),
        onHeight: (height) => language === 'markdown' && setWrapped(height),
      })
      session.editors.set(id, editor)
      dispose = () => {
        session.editors.delete(id)
        leaving.current = endLater(editor.dispose, () => {
          leaving.current = undefined
        })
      }
      setMounted(true)
      const { selected, mode } = session.store.get()
      if (selected === id && mode === 'edit') editor.focus()
    }
    const isSelected = session.store.get().selected === id
    let takeBack: (() => void) | undefined
    const timer = setTimeout(
      () => {
        if (isSelected) void mount()
        else takeBack = whenStill(rank.current, () => void mount())
      },
      isSelected || !isScrolling() ? 0 : 80,
    )
    return () => {
      left = true
      clearTimeout(timer)
      takeBack?.()
      dispose?.()
      setMounted(false)
      setWrapped(undefined)
    }
  }, [wanted, rank, id, text, language, label, editable, session, actions])

  useEffect(() => {
    if (mounted) session.editors.get(id)?.setLineNumbers(numbered)
  }, [mounted, numbered, id, session])

  useMarkedText(host, id, !mounted, source)
  useMarkedEditor(id, mounted)

  const height = wrapped ?? editorHeight(source)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a press before the editor is there asks for it; keys reach the cell itself
    <div
      ref={host}
      className={classes.host}
      style={{ height }}
      onMouseDown={() => !mounted && actions.select(id, 'edit')}
    >
      {!mounted && <StaticCode source={source} language={language} numbered={numbered} />}
      <div data-editor className={classes.editor} />
    </div>
  )
}
