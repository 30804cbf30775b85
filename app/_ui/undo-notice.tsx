import { Button, Group, Text } from '@mantine/core'

/** What was done, and the button that takes it back. */
export function UndoNotice({ message, onUndo }: { message: string; onUndo: () => void }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm" lineClamp={2}>
        {message}
      </Text>
      <Button size="compact-sm" variant="light" onClick={onUndo} style={{ flex: 'none' }}>
        Undo
      </Button>
    </Group>
  )
}
