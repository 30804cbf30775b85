import { Pill, PillGroup } from '@mantine/core'
import type { Condition } from '../../../../../lib/requests/filter'

type Props = { conditions: Condition[]; onChange: (conditions: Condition[]) => void }

/** The conditions in force, each of which can be taken away. */
export function ConditionList({ conditions, onChange }: Props) {
  if (conditions.length === 0) return null
  return (
    <PillGroup>
      {conditions.map(({ field, op, value }, i) => {
        const text = `${field.join('.')} ${op} ${value}`
        return (
          <Pill
            // biome-ignore lint/suspicious/noArrayIndexKey: two alike may stand there
            key={`${i} ${text}`}
            withRemoveButton
            onRemove={() => onChange(conditions.filter((_, at) => at !== i))}
            removeButtonProps={{ 'aria-label': `Without ${text}`, tabIndex: 0, 'aria-hidden': false }}
          >
            {text}
          </Pill>
        )
      })}
    </PillGroup>
  )
}
