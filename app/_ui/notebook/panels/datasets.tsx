import { ActionIcon, Anchor, TextInput, Tooltip } from '@mantine/core'
import { IconCode, IconDatabase, IconSearch } from '@tabler/icons-react'
import Link from 'next/link'
import { useCallback, useEffect, useState } from 'react'
import type { DatasetSummary } from '../../../../lib/datasets/list'
import { api } from '../../api'
import { formatCount } from '../../units'
import type { Actions } from '../actions'
import { useSession, useView } from '../context'
import { mayEdit } from '../view'
import { codeOfDataset } from './dataset-code'
import parts from './parts.module.css'

type Listed = Pick<DatasetSummary, 'name' | 'description' | 'version' | 'rows' | 'columns'>

/** More than these are searched for. */
const manyDatasets = 8

/** The data sets of the workspace, which cells read by their names: a press writes the cell. */
export function Datasets({ actions }: { actions: Actions }) {
  const { notebookId } = useSession()
  const editable = useView(mayEdit)
  const [datasets, setDatasets] = useState<Listed[]>()
  const [failure, setFailure] = useState<string>()
  const [search, setSearch] = useState('')
  const load = useCallback(
    () =>
      api<{ datasets: Listed[] }>('GET', `/api/notebooks/${notebookId}/datasets`).then(
        (answer) => {
          setDatasets(answer.datasets)
          setFailure(undefined)
        },
        (error: Error) => setFailure(error.message),
      ),
    [notebookId],
  )
  useEffect(() => {
    void load()
    // Cells and other pages make some meanwhile.
    window.addEventListener('focus', load)
    return () => window.removeEventListener('focus', load)
  }, [load])

  const found = (datasets ?? []).filter(({ name }) => name.includes(search.trim().toLowerCase()))
  return (
    <div className={parts.stack}>
      {failure !== undefined && <p className={parts.failure}>The data sets were not listed: {failure}</p>}
      {datasets && datasets.length > manyDatasets && (
        <TextInput
          size="xs"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder="Search data sets"
          aria-label="Search data sets"
          leftSection={<IconSearch size={13} />}
        />
      )}
      {datasets?.length === 0 && (
        <p className={parts.hint}>
          The workspace has no data set yet. <Anchor href="/data/new">Upload a file</Anchor>, or save a table
          of a cell with <code>saveDataset('name', table)</code>.
        </p>
      )}
      {datasets && datasets.length > 0 && found.length === 0 && (
        <p className={parts.hint}>No data set has this name.</p>
      )}
      <ul className={parts.list}>
        {found.map(({ name, description, version, rows, columns }) => (
          <li key={name} className={parts.item}>
            <IconDatabase size={15} stroke={1.6} />
            <Anchor
              component={Link}
              className={parts.name}
              href={`/data/${name}`}
              title={[name, description].filter(Boolean).join(': ')}
              inherit
            >
              {name}
            </Anchor>
            <span
              className={parts.quiet}
              title={`${formatCount(rows)} rows, ${columns} columns, version ${version}`}
            >
              {formatCount(rows)} × {columns}
            </span>
            {editable && (
              <Tooltip label="Insert the code that reads it">
                <ActionIcon
                  data-goes
                  size={24}
                  aria-label={`Insert code that reads ${name}`}
                  onClick={() => actions.insertCode(codeOfDataset(name))}
                >
                  <IconCode size={14} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
