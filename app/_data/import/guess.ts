import type { TypeCounts } from './decide-type'
import type { DateForm } from './typed'

const missing = new Set(['na', 'n/a', 'nan', 'null', 'none', 'nil'])
const booleans = new Set(['true', 'false', 'yes', 'no'])
const integer = /^[+-]?\d{1,19}(\.0+)?$/
const zeroed = /^[+-]?0\d+$/
const number = /^([+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?|[+-]?inf(inity)?)$/i
const comma = /^[+-]?\d*,\d+$/
const moment = /^(\d{4}-\d{1,2}-\d{1,2}[T ]|\d{1,2}[./]\d{1,2}[./]\d{4} )\d{1,2}:\d{2}/
const forms: [DateForm, RegExp, 'ymd' | 'dmy' | 'mdy' | 'named'][] = [
  ['iso', /^(\d{4})-(\d{1,2})-(\d{1,2})$/, 'ymd'],
  ['isoSlash', /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, 'ymd'],
  ['dot', /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, 'dmy'],
  ['monthFirst', /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, 'mdy'],
  ['dayFirst', /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, 'dmy'],
  ['named', /^\d{1,2}[ -][A-Za-z]{3}[ -]\d{4}$/, 'named'],
]

/**
 * What some values of a column could be. DuckDB's answer counts, over all values; this one costs no query, which for a
 * thousand columns is a minute.
 */
export function guessCounts(values: (string | null)[], { decimalComma = false } = {}): TypeCounts {
  const counts: TypeCounts = {
    values: 0,
    boolean: 0,
    integer: 0,
    zeroed: 0,
    number: 0,
    datetime: 0,
    dates: { iso: 0, isoSlash: 0, dot: 0, monthFirst: 0, dayFirst: 0, named: 0 },
  }
  for (const value of values) {
    const text = value?.trim() ?? ''
    const lower = text.toLowerCase()
    if (text === '' || missing.has(lower)) continue
    counts.values++
    if (booleans.has(lower)) counts.boolean++
    if (integer.test(text)) counts.integer++
    if (zeroed.test(text)) counts.zeroed++
    if (number.test(text) || (decimalComma && comma.test(text))) counts.number++
    const dates = forms.filter(([, pattern, order]) => isDate(pattern.exec(text), order))
    for (const [form] of dates) counts.dates[form]++
    if (dates.length > 0 || moment.test(text)) counts.datetime++
  }
  return counts
}

function isDate(match: RegExpExecArray | null, order: 'ymd' | 'dmy' | 'mdy' | 'named'): boolean {
  if (!match || order === 'named') return match !== null
  const [, first, second, third] = match.map(Number)
  const [day, month] =
    order === 'ymd' ? [third!, second!] : order === 'dmy' ? [first!, second!] : [second!, first!]
  return day >= 1 && day <= 31 && month >= 1 && month <= 12
}
