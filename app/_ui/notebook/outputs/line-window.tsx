import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import classes from './outputs.module.css'
import { TerminalLines } from './terminal-lines'

const lineHeight = 19
const overscan = 20

/** All lines of a long text in a box that scrolls; only those in sight are in the page. */
export function LineWindow({ text, follow }: { text: string; follow: boolean }) {
  const lines = useMemo(() => text.replace(/\n$/, '').split('\n'), [text])
  const box = useRef<HTMLElement>(null)
  const atEnd = useRef(false)
  const [top, setTop] = useState(0)
  const height = Math.min(lines.length * lineHeight, 600)
  const first = Math.max(0, Math.floor(top / lineHeight) - overscan)
  const last = Math.min(lines.length, Math.ceil((top + height) / lineHeight) + overscan)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end moves with every new line
  useLayoutEffect(() => {
    if (follow && atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [follow, lines.length])
  return (
    <section
      ref={box}
      aria-label="All lines"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
      tabIndex={0}
      className={classes.window}
      style={{ height }}
      onScroll={({ currentTarget }) => {
        setTop(currentTarget.scrollTop)
        atEnd.current = currentTarget.scrollTop + height > currentTarget.scrollHeight - 4
      }}
    >
      <div style={{ height: lines.length * lineHeight }}>
        <div className={classes.unwrapped} style={{ transform: `translateY(${first * lineHeight}px)` }}>
          <TerminalLines lines={lines.slice(first, last)} />
        </div>
      </div>
    </section>
  )
}
