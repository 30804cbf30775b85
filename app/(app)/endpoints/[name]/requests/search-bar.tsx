'use client'

import { Button, Group, Select, TextInput } from '@mantine/core'
import { IconFilter, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { SearchChoices } from '../../../../../lib/requests/choices'
import { ConditionForm } from './condition-form'
import { ConditionList } from './condition-list'
import classes from './requests.module.css'
import { type Search, spans } from './search'

type Props = { search: Search; choices: SearchChoices; onChange: (part: Partial<Search>) => void }

/** What requests are searched by: id or error, time, status, version, key, and values of the input's fields. */
export function SearchBar({ search, choices, onChange }: Props) {
  const [adding, setAdding] = useState(false)
  const pick = (name: 'time' | 'status' | 'version' | 'key', label: string, data: Options) => (
    <Select
      aria-label={label}
      value={search[name]}
      onChange={(value) => onChange({ [name]: value ?? '' })}
      data={[{ value: '', label }, ...data]}
      allowDeselect={false}
      w={name === 'time' ? 170 : 140}
    />
  )
  return (
    <div className={classes.search}>
      <Group gap="xs">
        <TextInput
          aria-label="Id, or text of an error"
          placeholder="Id, or text of an error"
          leftSection={<IconSearch size={16} stroke={1.6} />}
          value={search.q}
          onChange={(event) => onChange({ q: event.currentTarget.value })}
          w={{ base: '100%', sm: 240 }}
        />
        {pick('time', 'Any time', [
          ...Object.entries(spans).map(([value, { label }]) => ({ value, label })),
          { value: 'custom', label: 'From … to …' },
        ])}
        {pick('status', 'Any status', [
          { value: 'answered', label: 'Answered' },
          { value: 'refused', label: 'Refused (4xx)' },
          { value: 'failed', label: 'Failed (5xx)' },
        ])}
        {choices.versions.length > 1 && pick('version', 'Any version', choices.versions.map(same))}
        {choices.keys.length > 0 &&
          pick('key', 'Any key', [
            { value: 'page', label: 'Cellar’s pages' },
            ...choices.keys.map(({ id, name }) => ({ value: id, label: name })),
          ])}
        {choices.fields.length > 0 && (
          <Button
            variant="default"
            leftSection={<IconFilter size={16} stroke={1.6} />}
            aria-expanded={adding}
            onClick={() => setAdding(!adding)}
          >
            Field
          </Button>
        )}
      </Group>
      {search.time === 'custom' && (
        <Group gap="xs">
          {(['from', 'to'] as const).map((name) => (
            <TextInput
              key={name}
              type="datetime-local"
              label={name === 'from' ? 'From' : 'To'}
              value={search[name]}
              onChange={(event) => onChange({ [name]: event.currentTarget.value })}
            />
          ))}
        </Group>
      )}
      {adding && (
        <ConditionForm
          fields={choices.fields}
          onAdd={(condition) => {
            onChange({ where: [...search.where, condition] })
            setAdding(false)
          }}
        />
      )}
      <ConditionList conditions={search.where} onChange={(where) => onChange({ where })} />
    </div>
  )
}

type Options = { value: string; label: string }[]
const same = (value: string) => ({ value, label: value })
