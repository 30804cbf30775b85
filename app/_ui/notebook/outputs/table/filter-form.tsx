import { Button, Checkbox, Group, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { TableOutput } from '../../../../../lib/protocol/mime'
import type { ColumnKind, TableFilter } from '../../../../../lib/protocol/tables'
import { draftOf, emptyDraft, type FilterDraft, opsOf, toFilter } from './filter-draft'
import type { Summary } from './use-summaries'

type Props = {
  columns: TableOutput['columns']
  /** The column to begin with, and the filter that is edited. */
  column: number
  filter: TableFilter | undefined
  summaries: Record<number, Summary>
  onApply(filter: TableFilter): void
}

const opNames: Record<FilterDraft['op'], string> = {
  range: 'is between',
  contains: 'contains',
  in: 'is one of',
  null: 'is null',
  present: 'is not null',
}

/** A filter of one column, in the way that its kind of values is filtered. */
export function FilterForm({ columns, column, filter, summaries, onApply }: Props) {
  const kindOf = (index: number): ColumnKind => columns[index]?.kind ?? 'other'
  const [draft, setDraft] = useState(() =>
    filter ? draftOf(filter, kindOf(filter.column)) : emptyDraft(column, kindOf(column)),
  )
  const [problem, setProblem] = useState<string>()
  const kind = kindOf(draft.column)
  const change = (part: Partial<FilterDraft>) => {
    setProblem(undefined)
    setDraft({ ...draft, ...part })
  }
  const known = (summaries[draft.column]?.top ?? []).map(({ value }) => String(value))
  const input = kind === 'time' ? 'datetime-local' : 'text'
  const mode = kind === 'time' ? undefined : 'decimal'

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        const made = toFilter(draft, kind)
        if (typeof made === 'string') setProblem(made)
        else onApply(made)
      }}
    >
      <Stack gap={8} w={260}>
        <Select
          size="xs"
          label="Column"
          searchable={columns.length > 8}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          data={columns.map(({ name }, i) => ({ value: String(i), label: name }))}
          value={String(draft.column)}
          onChange={(value) => {
            setProblem(undefined)
            setDraft(emptyDraft(Number(value), kindOf(Number(value))))
          }}
        />
        <Select
          size="xs"
          label="Keep rows where it"
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          data={opsOf(kind).map((op) => ({ value: op, label: opNames[op] }))}
          value={draft.op}
          onChange={(value) => change({ op: value as FilterDraft['op'] })}
        />
        {draft.op === 'range' && (
          <Group gap={8} grow wrap={kind === 'time' ? 'wrap' : 'nowrap'}>
            <TextInput
              data-autofocus
              size="xs"
              label={kind === 'time' ? 'From (UTC)' : 'From'}
              type={input}
              inputMode={mode}
              miw={kind === 'time' ? 200 : undefined}
              value={draft.min}
              onChange={(event) => change({ min: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              label={kind === 'time' ? 'To (UTC)' : 'To'}
              type={input}
              inputMode={mode}
              miw={kind === 'time' ? 200 : undefined}
              value={draft.max}
              onChange={(event) => change({ max: event.currentTarget.value })}
            />
          </Group>
        )}
        {draft.op === 'contains' && (
          <TextInput
            data-autofocus
            size="xs"
            label="Text"
            description="Small and capital letters count as the same"
            value={draft.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
          />
        )}
        {draft.op === 'in' && kind === 'boolean' && (
          <Checkbox.Group value={draft.values} onChange={(values) => change({ values })}>
            <Group gap={14}>
              {['true', 'false'].map((value) => (
                <Checkbox key={value} size="xs" value={value} label={value} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
        {draft.op === 'in' && kind !== 'boolean' && (
          <>
            <TagsInput
              data-autofocus
              size="xs"
              label="Values"
              description="Enter adds one"
              acceptValueOnBlur
              value={draft.values}
              onChange={(values) => change({ values })}
            />
            <Group gap={4}>
              {known
                .filter((value) => !draft.values.includes(value))
                .map((value) => (
                  <Button
                    key={value}
                    size="compact-xs"
                    variant="default"
                    maw={240}
                    onClick={() => change({ values: [...draft.values, value] })}
                  >
                    {value}
                  </Button>
                ))}
            </Group>
          </>
        )}
        {draft.op === 'in' && (
          <Checkbox
            size="xs"
            label="or null"
            checked={draft.orNull}
            onChange={(event) => change({ orNull: event.currentTarget.checked })}
          />
        )}
        {problem && (
          <Text size="xs" c="var(--cellar-failed-text)" role="alert">
            {problem}
          </Text>
        )}
        <Button type="submit" size="compact-sm">
          {filter ? 'Change the filter' : 'Add the filter'}
        </Button>
      </Stack>
    </form>
  )
}
