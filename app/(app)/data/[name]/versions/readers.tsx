import { Anchor, Popover, Stack, Text, UnstyledButton } from '@mantine/core'
import Link from 'next/link'
import type { Reader } from '../../../../../lib/datasets/readers'
import classes from './versions.module.css'

const kinds: Record<Reader['kind'], [one: string, many: string]> = {
  notebook: ['notebook', 'notebooks'],
  model: ['model', 'models'],
  training: ['training', 'trainings'],
}

/** What has read a version: in few words, and by name when pressed. */
export function Readers({ readers }: { readers: Reader[] }) {
  if (readers.length === 0) return <span className={classes.none}>nothing yet</span>
  const words = (Object.keys(kinds) as Reader['kind'][]).flatMap((kind) => {
    const { length } = readers.filter((reader) => reader.kind === kind)
    return length === 0 ? [] : [`${length} ${kinds[kind][length === 1 ? 0 : 1]}`]
  })
  return (
    <Popover position="bottom-start" shadow="md" withinPortal>
      <Popover.Target>
        <UnstyledButton className={classes.readers}>{words.join(', ')}</UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown mah={320} className={classes.readerList}>
        <Stack gap={6}>
          {readers.map(({ kind, name, href }) => (
            <div key={href}>
              <Anchor component={Link} href={href} size="sm">
                {name}
              </Anchor>
              <Text size="xs" c="dimmed">
                {kinds[kind][0]}
              </Text>
            </div>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
