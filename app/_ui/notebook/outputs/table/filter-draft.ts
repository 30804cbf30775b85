import type { ColumnKind, TableFilter } from '../../../../../lib/protocol/tables'

/** A filter while it is typed: all of its fields as text. */
export type FilterDraft = {
  column: number
  op: 'range' | 'contains' | 'in' | 'null' | 'present'
  min: string
  max: string
  text: string
  values: string[]
  orNull: boolean
}

const ops: Record<ColumnKind, FilterDraft['op'][]> = {
  number: ['range', 'in', 'null', 'present'],
  bigint: ['range', 'in', 'null', 'present'],
  time: ['range', 'null', 'present'],
  boolean: ['in', 'null', 'present'],
  text: ['contains', 'in', 'null', 'present'],
  other: ['contains', 'null', 'present'],
}
/** How a kind of values can be filtered, the most usual way first. */
export const opsOf = (kind: ColumnKind) => ops[kind]

export const emptyDraft = (column: number, kind: ColumnKind): FilterDraft => ({
  column,
  op: opsOf(kind)[0]!,
  min: '',
  max: '',
  text: '',
  values: [],
  orNull: false,
})

/** A filter as it is edited. */
export function draftOf(filter: TableFilter, kind: ColumnKind): FilterDraft {
  const draft = emptyDraft(filter.column, kind)
  const text = (value: number | undefined) => {
    if (value === undefined) return ''
    return kind === 'time' ? new Date(value).toISOString().slice(0, 16) : String(value)
  }
  switch (filter.op) {
    case 'range':
      return { ...draft, op: 'range', min: text(filter.min), max: text(filter.max) }
    case 'contains':
      return { ...draft, op: 'contains', text: filter.text }
    case 'in': {
      const values = filter.values.filter((value) => value !== null).map(String)
      return { ...draft, op: 'in', values, orNull: values.length < filter.values.length }
    }
    case 'null':
      return { ...draft, op: filter.not ? 'present' : 'null' }
  }
}

/** The filter that a draft says, or what is missing from it. */
export function toFilter(draft: FilterDraft, kind: ColumnKind): TableFilter | string {
  const { column, op } = draft
  switch (op) {
    case 'null':
      return { op: 'null', column, not: false }
    case 'present':
      return { op: 'null', column, not: true }
    case 'contains':
      return draft.text === '' ? 'Type the text to look for.' : { op: 'contains', column, text: draft.text }
    case 'in':
      return oneOf(draft, kind)
    case 'range': {
      const min = bound(draft.min, kind)
      const max = bound(draft.max, kind)
      if (min === undefined && max === undefined) return 'Type where the range begins or ends.'
      for (const [value, typed] of [
        [min, draft.min],
        [max, draft.max],
      ] as const)
        if (Number.isNaN(value)) return `This is not a number: ${typed}`
      if (min !== undefined && max !== undefined && min > max) return 'The range ends before it begins.'
      return { op: 'range', column, ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
    }
  }
}

function oneOf({ column, values, orNull }: FilterDraft, kind: ColumnKind): TableFilter | string {
  const typed = values.map((value) => {
    if (kind === 'boolean') return value === 'true'
    return kind === 'number' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
  })
  const all = orNull ? [...typed, null] : typed
  return all.length === 0 ? 'Choose at least one value.' : { op: 'in', column, values: all }
}

function bound(typed: string, kind: ColumnKind): number | undefined {
  if (typed.trim() === '') return undefined
  return kind === 'time' ? Date.parse(`${typed}Z`) : Number(typed.replace(',', '.'))
}
