import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowRight,
  IconChevronDown,
  IconEyeOff,
  IconFilter,
  IconPin,
  IconPinnedOff,
  IconSortAscending,
  IconSortDescending,
} from '@tabler/icons-react'
import { formatCount } from '../../../units'
import classes from './column-menu.module.css'
import { rangeText } from './range-text'
import type { Summary } from './use-summaries'

type Props = {
  name: string
  type: string
  summary: Summary | undefined
  live: boolean
  pinned: boolean
  canMove: { left: boolean; right: boolean }
  act: {
    sort(descending: boolean): void
    filter(): void
    pin(pinned: boolean): void
    move(step: -1 | 1): void
    hide(): void
  }
}

/** What can be done with a column, and what it holds. */
export function ColumnMenu({ name, type, summary, live, pinned, canMove, act }: Props) {
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon size={20} aria-label={`Column ${name}`} className={classes.open}>
          <IconChevronDown size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {summary && <Facts summary={summary} type={type} />}
        {live && (
          <>
            <Menu.Item leftSection={<IconSortAscending size={15} />} onClick={() => act.sort(false)}>
              Sort ascending
            </Menu.Item>
            <Menu.Item leftSection={<IconSortDescending size={15} />} onClick={() => act.sort(true)}>
              Sort descending
            </Menu.Item>
            <Menu.Item leftSection={<IconFilter size={15} />} onClick={act.filter}>
              Filter…
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item
          leftSection={pinned ? <IconPinnedOff size={15} /> : <IconPin size={15} />}
          onClick={() => act.pin(!pinned)}
        >
          {pinned ? 'Unpin' : 'Pin to the left'}
        </Menu.Item>
        <Menu.Item
          disabled={!canMove.left}
          leftSection={<IconArrowLeft size={15} />}
          onClick={() => act.move(-1)}
        >
          Move left
        </Menu.Item>
        <Menu.Item
          disabled={!canMove.right}
          leftSection={<IconArrowRight size={15} />}
          onClick={() => act.move(1)}
        >
          Move right
        </Menu.Item>
        <Menu.Item leftSection={<IconEyeOff size={15} />} onClick={act.hide}>
          Hide
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Facts({ summary, type }: { summary: Summary; type: string }) {
  const { rows, nulls, distinct, capped, range, top } = summary
  const share = rows > 0 && nulls > 0 ? ` (${((100 * nulls) / rows).toFixed(1)} %)` : ''
  const facts: [string, string][] = [
    ['Nulls', `${formatCount(nulls)}${share}`],
    ['Distinct', `${capped ? 'over ' : ''}${formatCount(distinct)}`],
    ...(range
      ? ([
          ['Min', rangeText({ min: range.min, max: range.min }, type)],
          ['Mean', rangeText({ min: range.mean, max: range.mean }, type)],
          ['Max', rangeText({ min: range.max, max: range.max }, type)],
        ] as [string, string][])
      : []),
    ...(top ?? []).map(({ value, count: times }): [string, string] => [String(value), formatCount(times)]),
  ]
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(([name, value], i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a value may be called as a fact is
          <div key={i}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Menu.Divider />
    </>
  )
}
