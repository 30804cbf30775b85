import classes from './code-block.module.css'
import { CopyButton } from './copy-button'

/** Text to copy, as it is; long lines scroll inside of it. `label` names it to a screen reader. */
export function CodeBlock({
  code,
  label = 'Code',
  wrap = false,
}: {
  code: string
  label?: string
  wrap?: boolean
}) {
  return (
    <div className={classes.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className={wrap ? classes.wrap : classes.code} aria-label={label} tabIndex={0}>
        <pre>{code}</pre>
      </section>
      <div className={classes.copy}>
        <CopyButton text={code} />
      </div>
    </div>
  )
}
