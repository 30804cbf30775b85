import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { formatCount } from '../units'

type Props = {
  made: { name: string; version: number; rows: number }
  /** What is to be known of its rows: the rest of the sentence. */
  children: ReactNode
  /** A button before the one that opens it. */
  other?: ReactNode
}

/** Says which version of a data set was made, with the way there. */
export function MadeVersion({ made: { name, version, rows }, children, other }: Props) {
  return (
    <Stack gap="md">
      <Text size="sm" role="status">
        Version {version} of{' '}
        <Anchor component={Link} href={`/data/${name}`} inherit>
          {name}
        </Anchor>{' '}
        has {formatCount(rows)} {rows === 1 ? 'row' : 'rows'}
        {children}
      </Text>
      <Group justify="flex-end">
        {other}
        <Button component={Link} href={`/data/${name}`} data-autofocus>
          Open the data set
        </Button>
      </Group>
    </Stack>
  )
}
