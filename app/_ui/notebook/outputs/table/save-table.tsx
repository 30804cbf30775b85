import { Autocomplete, Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { IconDatabasePlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { DatasetSummary } from '../../../../../lib/datasets/list'
import { allRows } from '../../../../../lib/protocol/all-rows'
import type { SavedDataset } from '../../../../../lib/protocol/dataset-save'
import type { TableQuery } from '../../../../../lib/protocol/tables'
import { api } from '../../../api'
import { MadeVersion } from '../../../datasets/made-version'
import { useMaking } from '../../../datasets/use-making'
import { DialogButtons } from '../../../dialog-buttons'
import { formatCount } from '../../../units'
import { useSession } from '../../context'
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
  const [message, setMessage] = useState('')
  const [part, setPart] = useState(!leavesAll(query))
  useEffect(() => {
    // Without them it is saved all the same: names are only offered.
    api<{ datasets: DatasetSummary[] }>('GET', `/api/notebooks/${notebookId}/datasets`).then(
      ({ datasets }) => setKnown(datasets),
      () => {},
    )
  }, [notebookId])

  const making = useMaking('', (name) =>
    api<SavedDataset>('POST', `/api/notebooks/${notebookId}/tables/${table}/datasets`, {
      name,
      message,
      query: part ? query : allRows,
    }),
  )
  const { name, busy, problem, made: saved } = making

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
        <MadeVersion
          made={saved}
          other={
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
          }
        >
          . Cells read it with <code>dataset('{saved.name}')</code>.
        </MadeVersion>
      ) : (
        <form onSubmit={making.submit}>
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
              onChange={making.rename}
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
                    label={left === undefined ? 'Those that are left' : `These ${formatCount(left)}`}
                    disabled={busy}
                  />
                  <Radio value="all" label={`All ${formatCount(rows)}`} disabled={busy} />
                </Group>
              </Radio.Group>
            )}
          </Stack>
          <DialogButtons action="Save" busy={busy} onClose={onClose} isHeld />
        </form>
      )}
    </Modal>
  )
}

function whatItBecomes(known: { name: string; version: number } | undefined, name: string) {
  if (known) return `This becomes version ${known.version + 1}; older versions stay.`
  return name.trim() === '' ? 'Where others of the workspace find it too.' : 'This becomes a new data set.'
}
