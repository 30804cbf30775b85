import { useMemo } from 'react'
import { type DiffLine, lineDiff } from './line-diff'
import classes from './text-diff.module.css'

const marks = { same: ' ', added: '+', removed: '−' } as const
const spoken = { same: '', added: 'added: ', removed: 'removed: ' } as const

/** How one text became another, line by line. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const lines = useMemo(() => lineDiff(before, after), [before, after])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className={classes.diff} aria-label="Changed lines" tabIndex={0}>
      <div className={classes.lines}>
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other name than their place
          <Line key={i} line={line} />
        ))}
      </div>
    </section>
  )
}

function Line({ line }: { line: DiffLine }) {
  if (line.type === 'skipped')
    return (
      <div className={classes.skipped}>
        {line.count === 1 ? '1 line' : `${line.count.toLocaleString('en')} lines`} alike
      </div>
    )
  return (
    <div className={classes.line} data-type={line.type}>
      <span className={classes.mark} aria-hidden="true">
        {marks[line.type]}
      </span>
      <span className={classes.unseen}>{spoken[line.type]}</span>
      {line.pieces.map(({ text, changed }, i) =>
        changed ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line have no other name than their place
          <mark key={i} className={classes.changed}>
            {text}
          </mark>
        ) : (
          text
        ),
      )}
    </div>
  )
}
