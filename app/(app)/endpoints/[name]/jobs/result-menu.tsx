import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import {
  type JobSummary,
  type ResultFormat,
  resultFormats,
} from '../../../../../lib/protocol/prediction-jobs'
import { nameOf } from './job-name'

const labels: Record<ResultFormat, string> = {
  csv: 'CSV',
  ndjson: 'JSON, one per line',
  parquet: 'Parquet',
}

/** A batch's result as a file. */
export function ResultMenu({ endpoint, job }: { endpoint: string; job: JobSummary }) {
  const address = (format: ResultFormat, input: boolean) =>
    `/api/v1/${endpoint}/jobs/${job.id}/result?format=${format}${input ? '&input=true' : ''}`
  const items = (input: boolean) =>
    resultFormats.map((format) => (
      <Menu.Item key={format} component="a" href={address(format, input)} download>
        {labels[format]}
      </Menu.Item>
    ))
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={14} stroke={1.6} />}
          aria-label={`Download the result of ${nameOf(job)}`}
        >
          Result
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Predictions beside the input</Menu.Label>
        {items(true)}
        <Menu.Divider />
        <Menu.Label>Predictions alone</Menu.Label>
        {items(false)}
      </Menu.Dropdown>
    </Menu>
  )
}
