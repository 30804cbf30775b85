import { formatCount } from '../../../../_ui/units'
import classes from './versions.module.css'

type Props = { rowsAdded: number; rowsChanged: number; rowsDeleted: number }

/** How many rows came, changed and went. */
export function Changes({ rowsAdded, rowsChanged, rowsDeleted }: Props) {
  const parts = [
    { sign: '+', count: rowsAdded, what: 'added', className: classes.added },
    { sign: '~', count: rowsChanged, what: 'changed', className: classes.changed },
    { sign: '−', count: rowsDeleted, what: 'deleted', className: classes.deleted },
  ].filter(({ count }) => count > 0)
  if (parts.length === 0) return <span className={classes.none}>none</span>
  return (
    <span className={classes.changes}>
      {parts.map(({ sign, count, what, className }) => (
        <span key={what} className={className} title={`${formatCount(count)} ${what}`}>
          {sign}
          {formatCount(count)}
        </span>
      ))}
    </span>
  )
}
