import { ActionIcon, Menu } from '@mantine/core'
import {
  IconCopy,
  IconDots,
  IconEraser,
  IconEyeOff,
  IconFileTypeHtml,
  IconFileTypeTs,
  IconKeyboard,
  IconNotebook,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
  IconPower,
  IconRefresh,
  IconSearch,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '../api'
import { download } from '../download'
import { openKeysSheet } from '../keys-sheet'
import { sayFailure } from '../notices'
import type { Actions } from './actions'
import { useSession, useView } from './context'
import { DeleteDialog } from './delete-dialog'
import { panels } from './panels/panels'
import { mayEdit } from './view'

/** What is needed rarely. */
export function MoreMenu({ actions }: { actions: Actions }) {
  const { notebookId } = useSession()
  const router = useRouter()
  const editable = useView(mayEdit)
  const [deleting, setDeleting] = useState(false)
  const path = `/api/notebooks/${notebookId}`

  async function duplicate() {
    try {
      const { id } = await api<{ id: string }>('POST', `${path}/duplicate`, {})
      router.push(`/n/${id}`)
    } catch (error) {
      sayFailure('The notebook was not duplicated', error)
    }
  }

  /** Not every notebook is a script: the reason is said here, instead of on a page of its own. */
  async function exportScript() {
    try {
      await download(`${path}/export?format=script`)
    } catch (error) {
      sayFailure('The notebook cannot be a script', error)
    }
  }

  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon size={28} aria-label="More">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {editable && (
            <>
              <Menu.Item
                leftSection={<IconPlayerPlay size={15} />}
                onClick={() => void actions.restart(true)}
              >
                Restart and run all
              </Menu.Item>
              <Menu.Item leftSection={<IconRefresh size={15} />} onClick={() => void actions.restart()}>
                Restart the kernel
              </Menu.Item>
              <Menu.Item leftSection={<IconPower size={15} />} onClick={() => void actions.stop()}>
                Shut the kernel down
              </Menu.Item>
              <Menu.Divider />
              <OfCells actions={actions} />
              <Menu.Divider />
            </>
          )}
          <Menu.Item
            component="a"
            href={`${path}/export?format=ts`}
            download
            leftSection={<IconFileTypeTs size={15} />}
          >
            Export as TypeScript
          </Menu.Item>
          <Menu.Item
            component="a"
            href={`${path}/export?format=ipynb`}
            download
            leftSection={<IconNotebook size={15} />}
          >
            Export as .ipynb
          </Menu.Item>
          <Menu.Item
            component="a"
            href={`${path}/export?format=html`}
            download
            leftSection={<IconFileTypeHtml size={15} />}
          >
            Export as a web page
          </Menu.Item>
          <Menu.Item leftSection={<IconTerminal2 size={15} />} onClick={() => void exportScript()}>
            Export as a script
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => void duplicate()}>
            Duplicate
          </Menu.Item>
          <Menu.Divider />
          {[...panels.left, ...panels.right].map(({ id, label, icon: Icon }) => (
            <Menu.Item
              key={id}
              hiddenFrom="sm"
              leftSection={<Icon size={15} stroke={1.6} />}
              onClick={() => actions.togglePanel(id)}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<IconKeyboard size={15} />} onClick={openKeysSheet}>
            Keys
          </Menu.Item>
          {editable && (
            <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => setDeleting(true)}>
              Move to the trash
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <DeleteDialog opened={deleting} onClose={() => setDeleting(false)} />
    </>
  )
}

/** What is done to the cells around the selected one, or to all; by key and palette, too. */
function OfCells({ actions }: { actions: Actions }) {
  const selected = useView((view) => view.selected)
  const ids = useView((view) => view.ids)
  return (
    <>
      {selected !== undefined && (
        <>
          <Menu.Item
            leftSection={<IconPlayerTrackPrev size={15} />}
            onClick={() => void actions.runAbove(selected)}
          >
            Run all above
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPlayerTrackNext size={15} />}
            onClick={() => void actions.runBelow(selected)}
          >
            Run this and all below
          </Menu.Item>
        </>
      )}
      <Menu.Item leftSection={<IconSearch size={15} />} onClick={actions.openFind}>
        Find and replace
      </Menu.Item>
      <Menu.Item leftSection={<IconEyeOff size={15} />} onClick={() => actions.toggleLook('codeHidden', ids)}>
        Hide or show all code
      </Menu.Item>
      <Menu.Item leftSection={<IconEraser size={15} />} onClick={() => void actions.clearOutputs(ids)}>
        Clear all outputs
      </Menu.Item>
    </>
  )
}
