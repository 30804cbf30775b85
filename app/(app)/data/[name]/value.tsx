import type { DatasetColumn, DatasetValue } from '../../../../lib/protocol/dataset'
import { Picture } from './picture'
import classes from './rows.module.css'

/** One value of a row. */
export function Value({
  value,
  column: { shape = [] },
}: {
  value: DatasetValue
  column: Pick<DatasetColumn, 'shape'>
}) {
  if (value === null) return <span className={classes.missing}>null</span>
  if (Array.isArray(value)) {
    const [height = 0, width = 0] = shape
    if (shape.length === 2 && height * width === value.length)
      return <Picture values={value} height={height} width={width} />
    const shown = value.slice(0, 4).join(', ')
    return <span className={classes.text}>{value.length > 4 ? `${shown}, … (${value.length})` : shown}</span>
  }
  // An empty text is no missing value.
  if (value === '') return <span className={classes.empty}>empty</span>
  const text = String(value)
  return (
    <span className={classes.text} title={text.length > 40 ? text : undefined}>
      {text}
    </span>
  )
}
