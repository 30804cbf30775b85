import { CodeBlock } from '../../../../../_ui/code-block'
import { Prediction } from '../../../../../_ui/records/answer'
import { formatJson } from '../../../../../_ui/records/format-json'
import classes from './version.module.css'

/** A record, and what the cell predicted for it. */
export function Example({
  example: { record, prediction },
}: {
  example: { record: unknown; prediction: unknown }
}) {
  return (
    <div className={classes.sides}>
      <div>
        <p className={classes.label}>Record</p>
        <CodeBlock code={formatJson(record)} label="The example’s record" />
      </div>
      <div>
        <p className={classes.label}>Prediction</p>
        <div className={classes.prediction}>
          <Prediction value={prediction} />
        </div>
      </div>
    </div>
  )
}
