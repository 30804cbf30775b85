import { Avatar, Tooltip } from '@mantine/core'
import { useView } from './context'

/** Who else has the notebook open. */
export function Visitors() {
  const visitors = useView((view) => view.visitors)
  if (visitors.length === 0) return null
  const shown = visitors.slice(0, 4)
  const names = visitors.map(({ name }) => name).join(', ')
  return (
    <Tooltip.Group>
      <Avatar.Group spacing={6} aria-label={`Also here: ${names}`} role="img">
        {shown.map(({ id, name, color }) => (
          <Tooltip key={id} label={name}>
            <Avatar size={24} radius="xl" styles={{ placeholder: { background: color, color: '#fff' } }}>
              {initials(name)}
            </Avatar>
          </Tooltip>
        ))}
        {visitors.length > 4 && (
          <Tooltip label={names}>
            <Avatar size={24} radius="xl">
              +{visitors.length - 4}
            </Avatar>
          </Tooltip>
        )}
      </Avatar.Group>
    </Tooltip.Group>
  )
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('')
