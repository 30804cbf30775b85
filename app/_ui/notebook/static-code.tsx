import { memo, useMemo } from 'react'
import classes from './editor.module.css'
import { highlight, type Token } from './highlight'
import type { EditorLanguage } from './language'
import { highlightSql } from './sql/highlight-sql'

const plain = (source: string): Token[] => [{ kind: 'plain', text: source }]
const highlighters = { typescript: highlight, sql: highlightSql, markdown: plain }

type Props = {
  source: string
  language: EditorLanguage
  numbered: boolean
}

/** A cell's text without an editor, in the same place to the pixel. */
export const StaticCode = memo(function StaticCode({ source, language, numbered }: Props) {
  const tokens = useMemo(() => highlighters[language](source), [source, language])
  return (
    <>
      {numbered && <LineNumbers source={source} />}
      <pre
        data-text
        className={language === 'markdown' ? classes.wrapped : classes.static}
        data-numbered={numbered || undefined}
      >
        {tokens.map(({ kind, text }, i) =>
          kind === 'plain' ? (
            text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name than their place
            <span key={i} className={classes[kind]}>
              {text}
            </span>
          ),
        )}
      </pre>
    </>
  )
})

function LineNumbers({ source }: { source: string }) {
  const lines = source.split('\n').length
  return (
    <pre className={classes.numbers} aria-hidden="true">
      {Array.from({ length: lines }, (_, i) => i + 1).join('\n')}
    </pre>
  )
}
