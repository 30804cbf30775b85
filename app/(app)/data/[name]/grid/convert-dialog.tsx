import { Button, Checkbox, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ConversionFit } from '../../../../../lib/datasets/conversion'
import type { CreatedVersion } from '../../../../../lib/datasets/create-version'
import { type ColumnType, columnTypes, type DatasetColumn } from '../../../../../lib/protocol/dataset'
import { api } from '../../../../_ui/api'
import { formatCount } from '../../../../_ui/units'

type Props = {
  dataset: string
  version: number
  column: DatasetColumn
  onConverted: (made: CreatedVersion) => void
  onClose: () => void
}

/** Gives a column another type: shows how its values fit, then makes a version. */
export function ConvertDialog({ dataset, version, column, onConverted, onClose }: Props) {
  const { name, type: from } = column
  const [type, setType] = useState<ColumnType>()
  const [dayFirst, setDayFirst] = useState(false)
  const [misfitsAsMissing, setMissing] = useState(false)
  const [fit, setFit] = useState<ConversionFit>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const asksDays = from === 'text' && (type === 'date' || type === 'datetime')

  useEffect(() => {
    if (!type) return
    let current = true
    setFit(undefined)
    setProblem(undefined)
    api<ConversionFit>('POST', `/api/datasets/${dataset}/columns/fit`, {
      version,
      column: name,
      type,
      dayFirst,
    }).then(
      (fit) => current && setFit(fit),
      (error: Error) => current && setProblem(error.message),
    )
    return () => {
      current = false
    }
  }, [dataset, version, name, type, dayFirst])

  const convert = async () => {
    setBusy(true)
    try {
      onConverted(
        await api<CreatedVersion>('POST', `/api/datasets/${dataset}/columns`, {
          parent: version,
          column: name,
          type,
          dayFirst,
          misfitsAsMissing,
        }),
      )
    } catch (error) {
      setProblem((error as Error).message)
    }
    setBusy(false)
  }
  const count = fit?.misfits.count ?? 0
  return (
    <Modal opened onClose={onClose} title={`Type of ${name}`}>
      <Stack gap="sm">
        <Select
          label="What the column holds"
          description={`It holds ${from} now. Another type is a version of its own.`}
          placeholder="Choose a type"
          data={columnTypes.filter((each) => each !== from)}
          value={type ?? null}
          onChange={(value) => {
            setType((value ?? undefined) as ColumnType | undefined)
            setMissing(false)
          }}
          allowDeselect={false}
          data-autofocus
        />
        {asksDays && (
          <Checkbox
            label="The day comes first: 1/2/2020 is February 1"
            checked={dayFirst}
            onChange={(event) => setDayFirst(event.currentTarget.checked)}
          />
        )}
        {type && !fit && !problem && (
          <Text size="sm" c="dimmed" role="status">
            Looking at all values…
          </Text>
        )}
        {fit && count === 0 && (
          <Text size="sm" role="status">
            All {formatCount(fit.values)} values fit.
          </Text>
        )}
        {fit && count > 0 && (
          <div role="status">
            <Text size="sm">
              {formatCount(count)} of {formatCount(fit.values)} values {count === 1 ? 'is' : 'are'} no {type}:
            </Text>
            <ul>
              {fit.misfits.examples.map(({ row, value }) => (
                <li key={row}>
                  <Text size="sm" c="dimmed" span>
                    row {formatCount(row)}:{' '}
                  </Text>
                  <code>{value}</code>
                </li>
              ))}
            </ul>
            <Checkbox
              label={count === 1 ? 'Let it be missing' : 'Let them be missing'}
              checked={misfitsAsMissing}
              onChange={(event) => setMissing(event.currentTarget.checked)}
            />
          </div>
        )}
        {problem && (
          <Text size="sm" c="var(--cellar-failed-text)" role="alert">
            {problem}
          </Text>
        )}
      </Stack>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          loading={busy}
          disabled={!fit || (count > 0 && !misfitsAsMissing)}
          onClick={() => void convert()}
        >
          Change type
        </Button>
      </Group>
    </Modal>
  )
}
