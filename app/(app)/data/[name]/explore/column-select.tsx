'use client'

import { Select } from '@mantine/core'

type Props = {
  label: string
  value: string | null
  columns: readonly string[]
  onChange: (column: string) => void
  /** Names the choice of no column. */
  none?: string
}

/** Chooses a column; of a thousand by typing a part of its name. */
export function ColumnSelect({ label, value, columns, onChange, none }: Props) {
  return (
    <Select
      size="xs"
      w={170}
      aria-label={label}
      searchable={columns.length > 9}
      limit={200}
      allowDeselect={false}
      nothingFoundMessage="No column has a name like this"
      data={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...columns.map((name) => ({ value: `=${name}`, label: name })),
      ]}
      value={value === null ? '' : `=${value}`}
      onChange={(chosen) => chosen !== null && onChange(chosen.slice(1))}
      comboboxProps={{ withinPortal: true }}
    />
  )
}
