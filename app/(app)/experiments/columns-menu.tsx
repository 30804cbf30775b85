import { Button, Checkbox, Popover, ScrollArea, Stack, Text } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'

type Props = {
  params: string[]
  metrics: string[]
  hidden: Set<string>
  onChange: (hidden: Set<string>) => void
}

/** Which parameters and metrics are columns. */
export function ColumnsMenu({ params, metrics, hidden, onChange }: Props) {
  const groups = [
    { title: 'Metrics', kind: 'metric', names: metrics },
    { title: 'Parameters', kind: 'param', names: params },
  ]
  const set = (key: string, shown: boolean) => {
    const next = new Set(hidden)
    shown ? next.delete(key) : next.add(key)
    onChange(next)
  }
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} stroke={1.6} />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ScrollArea.Autosize mah={320} miw={180}>
          <Stack gap={14}>
            {groups
              .filter(({ names }) => names.length > 0)
              .map(({ title, kind, names }) => (
                <Stack key={kind} gap={8} role="group" aria-label={title}>
                  <Text size="xs" c="dimmed">
                    {title}
                  </Text>
                  {names.map((name) => (
                    <Checkbox
                      key={name}
                      size="xs"
                      label={name}
                      checked={!hidden.has(`${kind}.${name}`)}
                      onChange={({ currentTarget }) => set(`${kind}.${name}`, currentTarget.checked)}
                    />
                  ))}
                </Stack>
              ))}
            {params.length + metrics.length === 0 && (
              <Text size="sm" c="dimmed">
                These runs recorded nothing.
              </Text>
            )}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}
