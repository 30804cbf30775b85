import { ActionIcon, Button, Menu, Progress } from '@mantine/core'
import {
  IconDots,
  IconFile,
  IconFolder,
  IconFolderPlus,
  IconRefresh,
  IconUpload,
  IconX,
} from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import type { FileEntry } from '../../../../../lib/protocol/files'
import { NameDialog } from '../../../name-dialog'
import { say, sayFailure } from '../../../notices'
import { undoable } from '../../../undoable'
import { formatBytes } from '../../../units'
import type { Actions } from '../../actions'
import { useView } from '../../context'
import { mayEdit } from '../../view'
import parts from '../parts.module.css'
import { codeThatReads } from './code'
import classes from './files.module.css'
import { Preview } from './preview'
import { type Upload, useFiles } from './use-files'

type Dialog = { kind: 'preview' | 'rename'; name: string } | { kind: 'folder' }

/** The notebook's own folder, which its cells see as their working folder. */
export function Files({ actions }: { actions: Actions }) {
  const editable = useView(mayEdit)
  const [folder, setFolder] = useState('')
  const [dialog, setDialog] = useState<Dialog>()
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [over, setOver] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const { list, failure, uploads, contentOf, change, load, sendAll } = useFiles(folder)
  const pathOf = (name: string) => (folder === '' ? name : `${folder}/${name}`)

  function remove(name: string) {
    const path = pathOf(name)
    const show = () => setHidden((now) => new Set([...now].filter((each) => each !== path)))
    setHidden((now) => new Set([...now, path]))
    const act = () =>
      change({ change: 'delete', path })
        .catch((error) => sayFailure(`${name} was not deleted`, error))
        .finally(show)
    undoable(`${name} is deleted.`, () => void act(), show)
  }
  async function copyPath(name: string) {
    await navigator.clipboard.writeText(pathOf(name))
    say('The path was copied.')
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    if (editable) void sendAll([...event.dataTransfer.files])
  }

  const entries = (list?.entries ?? []).filter(({ name }) => !hidden.has(pathOf(name)))
  const close = () => setDialog(undefined)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has the button Upload beside it
    <div
      className={classes.panel}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={classes.bar}>
        {editable && (
          <>
            <Button
              size="compact-xs"
              leftSection={<IconUpload size={13} />}
              onClick={() => picker.current?.click()}
            >
              Upload
            </Button>
            <ActionIcon size={24} aria-label="New folder" onClick={() => setDialog({ kind: 'folder' })}>
              <IconFolderPlus size={15} stroke={1.6} />
            </ActionIcon>
          </>
        )}
        <ActionIcon size={24} aria-label="Look again" onClick={() => void load()}>
          <IconRefresh size={15} stroke={1.6} />
        </ActionIcon>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Files to upload"
          onChange={(event) => {
            void sendAll([...(event.currentTarget.files ?? [])])
            event.currentTarget.value = ''
          }}
        />
      </div>
      <Trail folder={folder} onOpen={setFolder} />
      {uploads.map((each) => (
        <Uploading key={each.id} upload={each} />
      ))}
      {failure && (
        <p className={parts.failure} role="alert">
          {failure}
        </p>
      )}
      {list && entries.length === 0 && uploads.length === 0 && (
        <p className={parts.hint}>
          {editable ? 'Drop files here, or press Upload. ' : 'There are no files. '}
          Cells read them by name, such as <code>await dataset('points.csv')</code>.
        </p>
      )}
      <ul className={parts.list} aria-label="Files">
        {entries.map((entry) => (
          <Entry
            key={entry.name}
            entry={entry}
            onOpen={() =>
              entry.kind === 'folder'
                ? setFolder(pathOf(entry.name))
                : setDialog({ kind: 'preview', name: entry.name })
            }
            menu={[
              ...(entry.kind === 'file'
                ? [
                    editable && {
                      label: 'Insert code that reads it',
                      act: () => actions.insertCode(codeThatReads(pathOf(entry.name))),
                    },
                    { label: 'Download', href: contentOf(entry.name) },
                  ]
                : []),
              { label: 'Copy path', act: () => void copyPath(entry.name) },
              editable && { label: 'Rename', act: () => setDialog({ kind: 'rename', name: entry.name }) },
              editable && { label: 'Delete', act: () => remove(entry.name) },
            ].filter((item) => item !== false)}
          />
        ))}
      </ul>
      {list && (
        <p className={parts.quiet}>
          {formatBytes(list.used)} of {formatBytes(list.quota)} used
        </p>
      )}
      {dialog?.kind === 'preview' && (
        <Preview name={dialog.name} address={contentOf(dialog.name)} onClose={close} />
      )}
      {dialog?.kind === 'rename' && (
        <NameDialog
          title="Rename"
          label="Name"
          value={dialog.name}
          maxLength={255}
          missing="Enter a name."
          submit="Rename"
          onSubmit={async (name) => {
            await change({ change: 'rename', path: pathOf(dialog.name), to: pathOf(name) })
            close()
          }}
          onClose={close}
        />
      )}
      {dialog?.kind === 'folder' && (
        <NameDialog
          title="New folder"
          label="Name"
          maxLength={255}
          missing="Enter a name."
          submit="Make folder"
          onSubmit={async (name) => {
            await change({ change: 'folder', path: pathOf(name) })
            close()
          }}
          onClose={close}
        />
      )}
    </div>
  )
}

/** The way from the notebook's folder to the one that is shown. */
function Trail({ folder, onOpen }: { folder: string; onOpen: (folder: string) => void }) {
  if (folder === '') return null
  const names = folder.split('/')
  return (
    <nav className={classes.trail} aria-label="Folders">
      <button type="button" onClick={() => onOpen('')}>
        Files
      </button>
      {names.map((name, i) => (
        <span key={names.slice(0, i + 1).join('/')}>
          {' / '}
          <button type="button" onClick={() => onOpen(names.slice(0, i + 1).join('/'))}>
            {name}
          </button>
        </span>
      ))}
    </nav>
  )
}

type Item = { label: string; act?: () => void; href?: string }

function Entry({ entry, onOpen, menu }: { entry: FileEntry; onOpen: () => void; menu: Item[] }) {
  const { name, kind, size } = entry
  const Icon = kind === 'folder' ? IconFolder : IconFile
  return (
    <li className={parts.item}>
      <button type="button" className={classes.open} onClick={onOpen}>
        <Icon size={15} stroke={1.6} aria-hidden />
        <span className={parts.name}>{name}</span>
        {kind === 'file' && <span className={parts.quiet}>{formatBytes(size)}</span>}
      </button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={24} aria-label={`More for ${name}`}>
            <IconDots size={14} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {menu.map(({ label, act, href }) =>
            href ? (
              <Menu.Item key={label} component="a" href={href} download={name}>
                {label}
              </Menu.Item>
            ) : (
              <Menu.Item key={label} onClick={act}>
                {label}
              </Menu.Item>
            ),
          )}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}

function Uploading({ upload: { name, share, failure, stop } }: { upload: Upload }) {
  return (
    <div className={classes.upload}>
      <div>
        <span className={parts.name}>{name}</span>
        <span className={parts.quiet}>{failure ? 'failed' : `${Math.round(100 * share)} %`}</span>
        <ActionIcon size={20} aria-label={failure ? `Dismiss ${name}` : `Stop ${name}`} onClick={stop}>
          <IconX size={13} />
        </ActionIcon>
      </div>
      {failure ? (
        <p className={parts.failure} role="alert">
          {failure}
        </p>
      ) : (
        <Progress size={3} value={100 * share} aria-label={`Upload of ${name}`} />
      )}
    </div>
  )
}
