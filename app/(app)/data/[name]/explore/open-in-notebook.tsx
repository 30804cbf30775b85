'use client'

import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy, IconNotebook, IconPlus } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { cellsOf, type Shown } from '../../../../../lib/datasets/explore/cells'
import { describeFigure } from '../../../../../lib/datasets/explore/describe'
import { formatPercent } from '../../../../../lib/notebook/percent'
import { api } from '../../../../_ui/api'
import { leaveCells } from '../../../../_ui/notebook/arriving-cells'
import { keepCells } from '../../../../_ui/notebook/clipboard'
import { say, sayFailure } from '../../../../_ui/notices'
import { useExploring } from './context'

type Props = Pick<Shown, 'figure' | 'filters' | 'edges'>
type Notebook = { id: string; title: string }

/** Notebooks that are offered, last edited first. */
const offered = 6

/** Writes the cells that make a figure: into a new notebook, to the end of another, or onto the clipboard. */
export function OpenInNotebook(props: Props) {
  const { dataset, version, rows, columns, mayCreate } = useExploring()
  const router = useRouter()
  const [notebooks, setNotebooks] = useState<Notebook[]>()
  const cells = () => cellsOf({ ...props, dataset, version, rows, columns })
  const title = describeFigure(props.figure)

  const load = () =>
    void api<{ notebooks: Notebook[] }>('GET', '/api/notebooks').then(
      ({ notebooks }) => setNotebooks(notebooks.slice(0, offered)),
      () => setNotebooks([]),
    )
  const create = async () => {
    const name = `${dataset} ${title}`.replace(/[\\/]/g, ' ').slice(0, 200)
    try {
      const { id } = await api<Notebook>(
        'POST',
        `/api/notebooks/import?name=${encodeURIComponent(`${name}.ts`)}`,
        new Blob([formatPercent(cells())]),
      )
      router.push(`/n/${id}`)
    } catch (error) {
      sayFailure('The notebook could not be made', error)
    }
  }
  const add = ({ id }: Notebook) => {
    try {
      leaveCells(id, cells())
      router.push(`/n/${id}`)
    } catch (error) {
      sayFailure('The cells could not be added', error)
    }
  }
  const copy = () => {
    keepCells(cells())
    say('The cells are copied: V pastes them into a notebook.')
  }

  return (
    <Menu position="bottom-end" width={260} onOpen={load} withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`Open ${title} in a notebook`}
          title="Open in notebook"
        >
          <IconNotebook size={16} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayCreate && (
          <>
            <Menu.Label>Open in notebook</Menu.Label>
            <Menu.Item leftSection={<IconPlus size={15} stroke={1.6} />} onClick={() => void create()}>
              New notebook
            </Menu.Item>
          </>
        )}
        <Menu.Item leftSection={<IconCopy size={15} stroke={1.6} />} onClick={copy}>
          Copy the cells
        </Menu.Item>
        {mayCreate && notebooks && notebooks.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>Add to</Menu.Label>
            {notebooks.map((notebook) => (
              <Menu.Item
                key={notebook.id}
                leftSection={<IconNotebook size={15} stroke={1.6} />}
                onClick={() => add(notebook)}
              >
                {notebook.title}
              </Menu.Item>
            ))}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
