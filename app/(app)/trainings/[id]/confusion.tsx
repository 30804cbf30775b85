import type { Category } from '../../../../lib/protocol/training-result'
import { Card } from '../../../_ui/page'
import { formatCount, formatShare } from '../../../_ui/units'
import classes from '../trainings.module.css'

/** Classes as they are, by what was said of them. */
export function Confusion({ classes: names, counts }: { classes: Category[]; counts: number[][] }) {
  const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0))
  return (
    <Card>
      <h3 className={classes.figureTitle}>
        Confusion matrix <span className={classes.quiet}>rows are the true class, columns what was said</span>
      </h3>
      <div className={classes.scroll}>
        <table className={classes.confusion} aria-label="Confusion matrix">
          <thead>
            <tr>
              <th scope="col">
                <span className={classes.quiet}>true</span>
              </th>
              {names.map((name) => (
                <th key={String(name)} scope="col">
                  {String(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counts.map((row, i) => (
              <tr key={String(names[i])}>
                <th scope="row">{String(names[i])}</th>
                {row.map((count, j) => (
                  <td
                    key={String(names[j])}
                    title={`${formatShare(count, totals[i]!)} of ${String(names[i])}`}
                    style={{ background: shadeOf(count / (totals[i]! || 1), i === j) }}
                  >
                    {formatCount(count)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

/** The larger the share the darker; what is right in the accent, what is wrong in the colour of faults. */
const shadeOf = (share: number, isRight: boolean) =>
  `color-mix(in srgb, var(${isRight ? '--cellar-accent' : '--cellar-failed'}) ${Math.round(45 * share)}%, transparent)`
