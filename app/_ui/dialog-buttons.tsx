import { Button, Group } from '@mantine/core'

type Props = {
  /** What the form does. */
  action: string
  busy: boolean
  onClose: () => void
  /** What has begun is not left alone: nobody cancels meanwhile. */
  isHeld?: boolean
}

/** The end of a dialog's form: away from it, and its one action. */
export function DialogButtons({ action, busy, onClose, isHeld = false }: Props) {
  return (
    <Group justify="flex-end" mt="lg">
      <Button variant="default" onClick={onClose} disabled={isHeld && busy}>
        Cancel
      </Button>
      <Button type="submit" loading={busy}>
        {action}
      </Button>
    </Group>
  )
}
