import { Select } from '@mantine/core'
import type {
  Delimiter,
  Encoding,
  ImportOptions,
  ImportPreview,
} from '../../../../lib/protocol/dataset-import'
import classes from './new.module.css'

const delimiterNames: Record<Delimiter, string> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
}
const encodingNames: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Latin-1',
}
const choices = (names: Record<string, string>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

type Props = {
  preview: Pick<ImportPreview, 'options' | 'sheets'>
  onChange: (options: ImportOptions) => void
}

/** How text is read; of a workbook, which sheet. */
export function HowRead({ preview: { options, sheets }, onChange }: Props) {
  const { delimiter, encoding, header, sheet } = options
  if (delimiter === undefined && encoding === undefined && !sheets) return null
  return (
    <div className={classes.how}>
      {sheets && sheet !== undefined && (
        <Select
          label="Sheet"
          data={sheets}
          value={sheet}
          allowDeselect={false}
          onChange={(value) => value && onChange({ sheet: value })}
        />
      )}
      {delimiter !== undefined && (
        <Select
          label="Values are separated by"
          data={choices(delimiterNames)}
          value={delimiter}
          allowDeselect={false}
          onChange={(value) => value && onChange({ delimiter: value as Delimiter })}
        />
      )}
      {header !== undefined && (
        <Select
          label="The first line has"
          data={[
            { value: 'names', label: 'names of columns' },
            { value: 'values', label: 'values' },
          ]}
          value={header ? 'names' : 'values'}
          allowDeselect={false}
          onChange={(value) => onChange({ header: value === 'names' })}
        />
      )}
      {encoding !== undefined && (
        <Select
          label="Encoding"
          data={choices(encodingNames)}
          value={encoding}
          allowDeselect={false}
          onChange={(value) => value && onChange({ encoding: value as Encoding })}
        />
      )}
    </div>
  )
}
