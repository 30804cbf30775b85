import { memo } from 'react'
import { overwritten, parseAnsi, type Style } from './ansi'
import classes from './outputs.module.css'

type Props = {
  lines: readonly string[]
  /** A longer line is cut: a megabyte in one line would freeze the layout. */
  maxLine?: number
}

/** Lines of terminal text with their colours. */
export const TerminalLines = memo(
  function TerminalLines({ lines, maxLine = 4000 }: Props) {
    let style: Style = {}
    return lines.map((line, i) => {
      const text = overwritten(line)
      const parsed = parseAnsi(text.slice(0, maxLine), style)
      style = parsed.style
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place
        <div key={i} className={classes.line}>
          {parsed.spans.map(({ text, style }, j) =>
            Object.keys(style).length === 0 ? (
              text
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: nor have pieces of a line
              <span key={j} style={css(style)}>
                {text}
              </span>
            ),
          )}
          {text.length > maxLine && (
            <span className={classes.cut}>
              {' '}
              … {(text.length - maxLine).toLocaleString('en-US')} more characters
            </span>
          )}
          {parsed.spans.length === 0 && '\u200b'}
        </div>
      )
    })
  },
  ({ lines: a }, { lines: b }) => a === b || (a.length === b.length && a.every((line, i) => line === b[i])),
)

const css = ({ color, background, bold, dim, italic, underline }: Style) => ({
  color: color && paint(color),
  backgroundColor: background && paint(background),
  fontWeight: bold ? 600 : undefined,
  opacity: dim ? 0.75 : undefined,
  fontStyle: italic ? 'italic' : undefined,
  textDecoration: underline ? 'underline' : undefined,
})

const paint = (color: string) => (color.startsWith('rgb') ? color : `var(--ansi-${color})`)
