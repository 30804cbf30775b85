import { Select } from '@mantine/core'
import type { DatasetVersionSummary } from '../../../../../../lib/datasets/find'
import type { Wire } from '../../../../../_ui/wire'
import { originNames } from '../origins'

type Props = {
  label: string
  versions: Wire<DatasetVersionSummary>[]
  value: number
  onChange: (number: number) => void
}

/** One of the versions of a data set. */
export function VersionSelect({ label, versions, value, onChange }: Props) {
  return (
    <Select
      size="sm"
      w={300}
      label={label}
      allowDeselect={false}
      searchable={versions.length > 8}
      data={versions.map(({ number, message, origin }) => ({
        value: String(number),
        label: `Version ${number}: ${(message || originNames[origin]).slice(0, 60)}`,
      }))}
      value={String(value)}
      onChange={(number) => onChange(Number(number))}
    />
  )
}
