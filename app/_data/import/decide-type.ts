import type { ColumnType } from '../../../lib/protocol/dataset'
import { type DateForm, dateForms, type Reading } from './typed'

/** How many of a column's values could be what. */
export type TypeCounts = {
  /** Values that are there. */
  values: number
  boolean: number
  integer: number
  /** Digits that begin with a zero, as postal codes do. */
  zeroed: number
  number: number
  datetime: number
  dates: Record<DateForm, number>
}

export type Decided = { type: ColumnType; reading: Reading; note?: string }

/** The narrowest type that all values have; text where there is none, with a note on what most of them are. */
export function decideType(counts: TypeCounts, { decimalComma }: Reading = {}): Decided {
  const { values, dates } = counts
  const dayFirst = dates.dayFirst > dates.monthFirst
  const reading: Reading = { dayFirst, decimalComma }
  if (values === 0) return { type: 'text', reading, note: 'has no value' }
  if (counts.boolean === values) return { type: 'boolean', reading }
  if (counts.zeroed > 0 && counts.number === values)
    return { type: 'text', reading, note: 'numbers that begin with zeros stay text' }
  if (counts.integer === values) return { type: 'integer', reading }
  if (counts.number === values) return { type: 'number', reading }
  const used = formsUsed(dates, dayFirst)
  const dated = used.reduce((sum, form) => sum + dates[form], 0)
  if (dated === values) return { type: 'date', reading, note: dateNote(used, dates, values) }
  if (counts.datetime === values) return { type: 'datetime', reading }
  const near = nearly(counts, dated)
  return {
    type: 'text',
    reading,
    ...(near && {
      note: `${near.label} but for ${values - near.count} of ${values} values; as ${near.type} these would be missing`,
    }),
  }
}

const formsUsed = (dates: TypeCounts['dates'], dayFirst: boolean): DateForm[] =>
  (Object.keys(dates) as DateForm[]).filter(
    (form) => dates[form] > 0 && form !== (dayFirst ? 'monthFirst' : 'dayFirst'),
  )

function dateNote(used: DateForm[], dates: TypeCounts['dates'], values: number): string | undefined {
  const notes: string[] = []
  if (used.length > 1) {
    const forms = used.map((form) => `${dates[form]} as ${dateForms[form].label}`)
    notes.push(`dates in ${used.length} forms: ${forms.join(', ')}`)
  }
  // Each of them could be the other: nothing in the column tells which.
  const slashed = Math.max(dates.monthFirst, dates.dayFirst)
  if (slashed > 0 && dates.monthFirst === dates.dayFirst)
    notes.push('1/2/2020 is read as January 2, no date tells otherwise')
  else if (dates.dayFirst > 0 && dates.monthFirst > 0 && slashed <= values)
    notes.push(
      `1/2/2020 is read as ${dates.dayFirst > dates.monthFirst ? 'February 1' : 'January 2'}, as the other dates tell`,
    )
  return notes.join('; ') || undefined
}

/** What nine in ten values are. */
function nearly({ values, integer, number, datetime }: TypeCounts, dated: number) {
  const candidates = [
    { type: 'integer', label: 'integers', count: integer },
    { type: 'number', label: 'numbers', count: number },
    { type: 'date', label: 'dates', count: dated },
    { type: 'datetime', label: 'moments', count: datetime },
  ] as const
  return candidates.find(({ count }) => count >= 0.9 * values)
}
