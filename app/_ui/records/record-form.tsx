'use client'

import { NumberInput, Select, SimpleGrid, Switch, TextInput } from '@mantine/core'
import type { FieldSchema } from '../../../lib/protocol/schema'
import { DrawGrid } from './draw-grid'
import classes from './records.module.css'
import { drawable } from './tensor'

type Props = { field: FieldSchema; value: unknown; onChange: (value: unknown) => void; name?: string }

/**
 * A form for one record, drawn from its schema. What has no control of its own (lists, large tensors, any JSON)
 * is left to the JSON beside the form.
 */
export function RecordForm({ field, value, onChange, name }: Props) {
  if (field.type === 'object') {
    const record = (value ?? {}) as Record<string, unknown>
    return (
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
        {Object.entries(field.fields).map(([key, inner]) => (
          <RecordForm
            key={key}
            name={key}
            field={inner}
            value={record[key]}
            onChange={(next) => onChange({ ...record, [key]: next })}
          />
        ))}
      </SimpleGrid>
    )
  }
  return <Field field={field} value={value} onChange={onChange} name={name ?? 'Record'} />
}

function Field({ field, value, onChange, name }: Props & { name: string }) {
  const hint = field.nullable ? 'may be empty' : undefined
  switch (field.type) {
    case 'number':
      return (
        <NumberInput
          label={name}
          placeholder={hint}
          value={typeof value === 'number' ? value : ''}
          allowDecimal={!field.integer}
          onChange={(next) => onChange(next === '' ? null : Number(next))}
          required={!field.nullable}
          withAsterisk={false}
        />
      )
    case 'string':
      if (!field.categories || field.open)
        return (
          <TextInput
            label={name}
            placeholder={hint}
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => {
              const text = event.currentTarget.value
              onChange(text === '' && field.nullable ? null : text)
            }}
          />
        )
      return (
        <Select
          label={name}
          placeholder={hint ?? 'Choose'}
          data={[...new Set(field.categories)]}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
          clearable={field.nullable ?? false}
          allowDeselect={field.nullable ?? false}
          searchable={field.categories.length > 8}
          nothingFoundMessage="Not among the known values"
        />
      )
    case 'boolean':
      return (
        <Switch
          label={name}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          mt={26}
        />
      )
    case 'tensor':
      if (drawable(field.shape))
        return <DrawGrid shape={field.shape} value={value} onChange={onChange} name={name} />
      return <Elsewhere name={name} />
    default:
      return <Elsewhere name={name} />
  }
}

const Elsewhere = ({ name }: { name: string }) => (
  <div className={classes.elsewhere}>
    <span className={classes.fieldName}>{name}</span>
    Edit this one as JSON.
  </div>
)
