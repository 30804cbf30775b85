import { Anchor, Autocomplete, Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { IconDatabasePlus } from '@tabler/icons-react'
import Link from 'next/link'
import { type FormEvent, useEffect, useState } from 'react'
import type { DatasetSummary } from '../../../../../lib/datasets/list'
import { datasetName } from '../../../../../lib/datasets/name'
import { allRows } from '../../../../../lib/protocol/all-rows'
import type { SavedDataset } from '../../../../../lib/protocol/dataset-save'
import type { TableQuery } from '../../../../../lib/protocol/tables'
import { api } from '../../../api'
import { useSession } from '../../context'
import { count } from '../../format'
import { leavesAll } from './query'

type Props = {
  table: string
  query: TableQuery
  rows: number
  /** Rows that the query leaves, if they are counted. */
  left: number | undefined
}

/** Makes a data set of a shown table, or the next version of one. */
export function SaveTable(props: Props) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconDatabasePlus size={13} />}
        aria-label="Save as data set"
        title="Save as data set"
        onClick={() => setOpened(true)}
      >
        Save
      </Button>
      {opened && <SaveDialog {...props} onClose={() => setOpened(false)} />}
    </>
  )
}

function SaveDialog({ table, query, rows, left, onClose }: Props & { onClose(): void }) {
  const { notebookId } = useSession()
  const [known, setKnown] = useState<Pick<DatasetSummary, 'name' | 'version'>[]>([])
  const [name, setName] = useState('')
  const [message, setMessage] = useState('')
  const [part, setPart] = useState(!leavesAll(query))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [saved, setSaved] = useState<SavedDataset>()
  useEffect(() => {
    // Without them it is saved all the same: names are only offered.
    api<{ datasets: DatasetSummary[] }>('GET', `/api/notebooks/${notebookId}/datasets`).then(
      ({ datasets }) => setKnown(datasets),
      () => {},
    )
  }, [notebookId])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const checked = datasetName.safeParse(name)
    if (!checked.success) return setProblem(checked.error.issues[0]?.message)
    setBusy(true)
    setProblem(undefined)
    try {
      const path = `/api/notebooks/${notebookId}/tables/${table}/datasets`
      const body = { name: checked.data, message, query: part ? query : allRows }
      setSaved(await api<SavedDataset>('POST', path, body))
    } catch (error) {
      setProblem((error as Error).message)
    }
    setBusy(false)
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title="Save as data set"
      closeOnEscape={!busy}
      closeOnClickOutside={!busy}
      withCloseButton={!busy}
    >
      {saved ? (
        <Stack gap="md">
          <Text size="sm" role="status">
            Version {saved.version} of{' '}
            <Anchor component={Link} href={`/data/${saved.name}`} inherit>
              {saved.name}
            </Anchor>{' '}
            has {count(saved.rows)} {saved.rows === 1 ? 'row' : 'rows'}. Cells read it with{' '}
            <code>dataset('{saved.name}')</code>.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button component={Link} href={`/data/${saved.name}`} data-autofocus>
              Open the data set
            </Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack gap="md">
            <Autocomplete
              label="Data set"
              description={whatItBecomes(
                known.find((each) => each.name === name.trim()),
                name,
              )}
              placeholder="A new name, or one that is there"
              data={known.map((each) => each.name)}
              value={name}
              error={problem}
              onChange={(value) => {
                setName(value)
                setProblem(undefined)
              }}
              limit={50}
              maxLength={100}
              disabled={busy}
              data-autofocus
              spellCheck={false}
            />
            <TextInput
              label="What was done"
              placeholder="Optional, for whoever looks at the versions"
              value={message}
              onChange={(event) => setMessage(event.currentTarget.value)}
              maxLength={2000}
              disabled={busy}
              autoComplete="off"
            />
            {!leavesAll(query) && (
              <Radio.Group
                label="Rows"
                value={part ? 'part' : 'all'}
                onChange={(value) => setPart(value === 'part')}
              >
                <Group gap="lg" mt={6}>
                  <Radio
                    value="part"
                    label={left === undefined ? 'Those that are left' : `These ${count(left)}`}
                    disabled={busy}
                  />
                  <Radio value="all" label={`All ${count(rows)}`} disabled={busy} />
                </Group>
              </Radio.Group>
            )}
          </Stack>
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={onClose} disabled={busy}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Save
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  )
}

function whatItBecomes(known: { name: string; version: number } | undefined, name: string) {
  if (known) return `This becomes version ${known.version + 1}; older versions stay.`
  return name.trim() === '' ? 'Where others of the workspace find it too.' : 'This becomes a new data set.'
}
