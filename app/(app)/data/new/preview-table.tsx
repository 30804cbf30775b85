import { Checkbox, Group, Select, TextInput } from '@mantine/core'
import { type ColumnType, columnTypes } from '../../../../lib/protocol/dataset'
import type { PreviewColumn } from '../../../../lib/protocol/dataset-import'
import { formatCount } from '../../../_ui/units'
import classes from './new.module.css'

/** More would make the page slow; they are saved all the same. */
const shownColumns = 100

type Props = {
  columns: PreviewColumn[]
  sample: (string | null)[][]
  onName: (column: number, name: string) => void
  onType: (column: number, type: ColumnType) => void
  onKeep: (column: number, keep: boolean) => void
}

/** The first rows below their columns, whose names and types can be changed. */
export function PreviewTable({ columns, sample, onName, onType, onKeep }: Props) {
  const shown = columns.slice(0, shownColumns)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className={classes.scroll} tabIndex={0} aria-label="First rows">
        <table className={classes.table}>
          <thead>
            <tr>
              {shown.map((column, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns are known by their place, names change
                <th key={i} scope="col">
                  <Group gap={6} wrap="nowrap">
                    <Checkbox
                      size="xs"
                      checked={column.keep}
                      aria-label={`Keep column ${column.name}`}
                      onChange={(event) => onKeep(i, event.currentTarget.checked)}
                    />
                    <TextInput
                      size="xs"
                      variant="unstyled"
                      aria-label={`Name of column ${i + 1}`}
                      value={column.name}
                      disabled={!column.keep}
                      onChange={(event) => onName(i, event.currentTarget.value)}
                      styles={{ input: { fontWeight: 600 } }}
                    />
                  </Group>
                  <Select
                    size="xs"
                    aria-label={`Type of column ${column.name}`}
                    data={[...columnTypes]}
                    value={column.type}
                    allowDeselect={false}
                    disabled={!column.keep}
                    onChange={(type) => type && onType(i, type as ColumnType)}
                  />
                  <About column={column} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sample.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a file are known by their place
              <tr key={at}>
                {shown.map(({ keep }, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  <td key={i} className={keep ? undefined : classes.left}>
                    {row[i] ?? <span className={classes.missing}>missing</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {columns.length > shownColumns && (
        <p className={classes.about}>
          {formatCount(columns.length - shownColumns)} more columns are saved as they were found.
        </p>
      )}
    </>
  )
}

function About({ column: { missing, misfits, note, type } }: { column: PreviewColumn }) {
  return (
    <>
      {missing > 0 && <p className={classes.about}>{formatCount(missing)} missing</p>}
      {note && <p className={classes.about}>{note}</p>}
      {misfits.count > 0 && (
        <p className={`${classes.about} ${classes.bad}`}>
          {formatCount(misfits.count)} {misfits.count === 1 ? 'is' : 'are'} no {type}:{' '}
          {misfits.examples.map(({ line, value }) => `“${value}” in line ${line}`).join(', ')}
          {misfits.count > misfits.examples.length && ', …'}
        </p>
      )}
    </>
  )
}
