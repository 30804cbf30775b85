import { memo, useMemo } from 'react'
import classes from './editor.module.css'
import { highlight } from './highlight'

/** A cell's text without an editor, in the same place to the pixel. */
export const StaticCode = memo(function StaticCode({
  source,
  language,
}: {
  source: string
  language: 'typescript' | 'markdown'
}) {
  const tokens = useMemo(
    () => (language === 'typescript' ? highlight(source) : [{ kind: 'plain' as const, text: source }]),
    [source, language],
  )
  return (
    <pre className={language === 'markdown' ? classes.wrapped : classes.static}>
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
  )
})
