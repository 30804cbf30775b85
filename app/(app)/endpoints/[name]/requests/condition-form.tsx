'use client'

import { Autocomplete, Button, Group, Select } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { SearchField } from '../../../../../lib/requests/choices'
import type { Condition } from '../../../../../lib/requests/filter'

type Op = Condition['op']
type Props = { fields: SearchField[]; onAdd: (condition: Condition) => void }

const opsOf: Record<SearchField['type'], Op[]> = {
  number: ['=', '!=', '<', '<=', '>', '>='],
  boolean: ['='],
  string: ['=', '!=', 'contains'],
}

/** One condition on a field of the input. */
export function ConditionForm({ fields, onAdd }: Props) {
  const [at, setAt] = useState(0)
  const { field, type, categories } = fields[at] ?? fields[0]!
  const ops = opsOf[type]
  const [op, setOp] = useState<Op>('=')
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const value = readValue(type, text)
    if (value === undefined) return setProblem(type === 'number' ? 'write a number' : 'write true or false')
    onAdd({ field, op: ops.includes(op) ? op : '=', value })
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-start">
        <Select
          aria-label="Field"
          data={fields.map((each, i) => ({ value: String(i), label: each.field.join('.') }))}
          value={String(at)}
          onChange={(value) => {
            setAt(Number(value))
            setText('')
          }}
          allowDeselect={false}
          searchable
          w={180}
        />
        <Select
          aria-label="Comparison"
          data={ops}
          value={ops.includes(op) ? op : '='}
          onChange={(value) => setOp(value as Op)}
          allowDeselect={false}
          w={110}
        />
        <Autocomplete
          aria-label="Value"
          placeholder={type === 'number' ? 'a number' : 'a value'}
          data={type === 'boolean' ? ['true', 'false'] : (categories ?? [])}
          value={text}
          onChange={(value) => {
            setText(value)
            setProblem(undefined)
          }}
          error={problem}
          data-autofocus
          autoFocus
          w={180}
        />
        <Button type="submit">Add</Button>
      </Group>
    </form>
  )
}

/** Undefined where the text is none of the field's values. */
function readValue(type: SearchField['type'], text: string): Condition['value'] | undefined {
  if (type === 'string') return text
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined
  const number = Number(text)
  return text.trim() === '' || Number.isNaN(number) ? undefined : number
}
