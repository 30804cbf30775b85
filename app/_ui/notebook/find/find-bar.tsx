import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconLetterCase,
  IconRegex,
  IconReplace,
  IconSearch,
  IconTextRecognition,
  IconX,
} from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { sharedCells } from '../../../../lib/notebook/document'
import type { Actions } from '../actions'
import { useSession, useView } from '../context'
import { mayEdit } from '../view'
import classes from './find.module.css'
import { countOf, type Found } from './found'

/** Find and replace in all cells, above them while it is open. */
export function FindBar({ actions }: { actions: Actions }) {
  const found = useView((view) => view.found)
  return found ? <Bar found={found} actions={actions} /> : null
}

const toggles = [
  { name: 'matchCase', label: 'Match case', icon: IconLetterCase },
  { name: 'wholeWord', label: 'Whole word', icon: IconTextRecognition },
  { name: 'isRegExp', label: 'Regular expression', icon: IconRegex },
] as const

function Bar({ found, actions }: { found: Found; actions: Actions }) {
  const { document: shared } = useSession()
  const ids = useView((view) => view.ids)
  const editable = useView(mayEdit)
  const text = useRef<HTMLInputElement>(null)
  const { query, replacement, total, fault } = found
  useEffect(() => text.current?.select(), [])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(() => void actions.findAgain(), 120)
    }
    sharedCells(shared).observeDeep(soon)
    return () => {
      clearTimeout(timer)
      sharedCells(shared).unobserveDeep(soon)
    }
  }, [shared, actions])

  const onKey = (onEnter: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
    if (event.key === 'Escape') actions.closeFind()
    else if (event.key === 'Enter') onEnter(event)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <search className={classes.bar} aria-label="Find in the cells">
      <div className={classes.row}>
        <TextInput
          ref={text}
          data-find-text
          className={classes.field}
          size="xs"
          aria-label="Find"
          placeholder="Find"
          leftSection={<IconSearch size={14} />}
          value={query.text}
          error={fault !== undefined}
          onChange={(event) => void actions.setQuery({ text: event.currentTarget.value })}
          onKeyDown={onKey(({ shiftKey }) => actions.find(shiftKey ? -1 : 1))}
        />
        {toggles.map(({ name, label, icon: Icon }) => (
          <Tooltip key={name} label={label}>
            <ActionIcon
              size={26}
              variant={query[name] ? 'light' : 'subtle'}
              aria-label={label}
              aria-pressed={query[name]}
              onClick={() => void actions.setQuery({ [name]: !query[name] })}
            >
              <Icon size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        ))}
        <span className={classes.count} role="status">
          {countOf(ids, found)}
        </span>
        <Tooltip label="Previous (Shift Enter)">
          <ActionIcon
            size={26}
            aria-label="Previous match"
            disabled={total === 0}
            onClick={() => actions.find(-1)}
          >
            <IconArrowUp size={15} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Next (Enter)">
          <ActionIcon
            size={26}
            aria-label="Next match"
            disabled={total === 0}
            onClick={() => actions.find(1)}
          >
            <IconArrowDown size={15} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Close (Esc)">
          <ActionIcon size={26} aria-label="Close the find bar" onClick={actions.closeFind}>
            <IconX size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
      {fault && <p className={classes.error}>{fault.text}</p>}
      {editable && (
        <div className={classes.row}>
          <TextInput
            className={classes.field}
            size="xs"
            aria-label="Replace with"
            placeholder={query.isRegExp ? 'Replace with, $1 for groups' : 'Replace with'}
            leftSection={<IconReplace size={14} />}
            value={replacement}
            onChange={(event) => actions.setReplacement(event.currentTarget.value)}
            onKeyDown={onKey(({ altKey }) => void (altKey ? actions.replaceAll() : actions.replaceOne()))}
          />
          <Button
            size="compact-xs"
            variant="default"
            disabled={total === 0}
            onClick={() => void actions.replaceOne()}
          >
            Replace
          </Button>
          <Tooltip label="Alt Enter">
            <Button
              size="compact-xs"
              variant="default"
              disabled={total === 0}
              onClick={() => void actions.replaceAll()}
            >
              Replace all
            </Button>
          </Tooltip>
        </div>
      )}
    </search>
  )
}
