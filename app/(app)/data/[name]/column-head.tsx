import type { DatasetColumn } from '../../../../lib/protocol/dataset'
import classes from './rows.module.css'

/** A column's name and, below it, what it holds. */
export function ColumnHead({ column: { name, type, shape } }: { column: DatasetColumn }) {
  return (
    <>
      <span className={classes.name} title={name}>
        {name}
      </span>
      <span className={classes.type}>
        {type === 'numbers' ? `numbers ${shape?.join(' × ') ?? ''}` : type}
      </span>
    </>
  )
}
