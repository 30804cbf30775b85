import { z } from 'zod'

/** A value of a column of categories: text as it is, a boolean as `true` or `false`; null: it is missing. */
export type Category = string | null

const column = z.string().min(1).max(1000)
const finite = z.number().refine(Number.isFinite)

/**
 * Which rows figures are about. Dates are milliseconds since 1970. A range holds its lower end; its upper end only where
 * `closed`, as the last bar of a histogram does; null: without end.
 */
export const filter = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('range'),
    column,
    from: finite.nullable(),
    to: finite.nullable(),
    closed: z.boolean(),
  }),
  z.object({
    kind: z.literal('values'),
    column,
    values: z.array(z.string().max(10_000).nullable()).min(1).max(100),
  }),
  z.object({ kind: z.literal('missing'), column }),
])
export type Filter = z.infer<typeof filter>

/** At most so many hold at once: more nobody can follow, nor does an address hold. */
export const mostFilters = 30

/**
 * As a part of an address: `petal_length~range~1~2.5`, `species~is~setosa~virginica`, `sex~missing`. A missing value
 * among others is an empty part, an empty text is `%22%22`.
 */
export function formatFilter(filter: Filter): string {
  const parts = [escaped(filter.column)]
  switch (filter.kind) {
    case 'missing':
      parts.push('missing')
      break
    case 'range':
      parts.push(filter.closed ? 'closed' : 'range', String(filter.from ?? ''), String(filter.to ?? ''))
      break
    case 'values':
      parts.push('is', ...filter.values.map((value) => (value === null ? '' : escaped(value) || '%22%22')))
  }
  return parts.join('~')
}

/** The filter that a part of an address says; undefined where it says none. */
export function parseFilter(text: string): Filter | undefined {
  try {
    const [column, kind, ...rest] = text.split('~')
    return filter.safeParse({ column: decodeURIComponent(column!), ...body(kind, rest) }).data
  } catch {
    // A broken percent code.
    return undefined
  }
}

function body(kind: string | undefined, rest: string[]) {
  switch (kind) {
    case 'missing':
      return { kind }
    case 'range':
    case 'closed': {
      const [from, to] = rest.map((end) => (end === '' ? null : Number(end)))
      return { kind: 'range', from, to, closed: kind === 'closed' }
    }
    case 'is':
      return {
        kind: 'values',
        values: rest.map((value) =>
          value === '' ? null : value === '%22%22' ? '' : decodeURIComponent(value),
        ),
      }
  }
}

const escaped = (text: string) => encodeURIComponent(text).replaceAll('~', '%7E')

/** Whether two say the same. */
export const sameFilter = (a: Filter, b: Filter) => formatFilter(a) === formatFilter(b)

/**
 * What a press on a bar, a cell or a legend makes of the filters: what was pressed replaces another filter of its column,
 * and a second press takes it back. `adding`: a value joins the values that are chosen of its column.
 */
export function pressed(filters: readonly Filter[], pressed: Filter, adding = false): Filter[] {
  const others = filters.filter(({ column }) => column !== pressed.column)
  const own = filters.find(({ column }) => column === pressed.column)
  if (own && sameFilter(own, pressed)) return others
  if (adding && own?.kind === 'values' && pressed.kind === 'values') {
    const kept = own.values.filter((value) => !pressed.values.includes(value))
    const joined = kept.length < own.values.length ? kept : [...own.values, ...pressed.values].slice(0, 100)
    return joined.length === 0 ? others : [...others, { ...own, values: joined }]
  }
  return [...others, pressed]
}
