import type { ColumnType } from '../../../lib/protocol/dataset'

/** How texts of one column are read as another type. */
export type Reading = {
  /** 1/2/2020 is the first of February. */
  dayFirst?: boolean
  /** 3,14 is a number. */
  decimalComma?: boolean
}

/** What stands for a missing value where no text is meant. */
const missing = "('na', 'n/a', 'nan', 'null', 'none', 'nil')"

/** A text without the spaces around it; null where nothing is left. */
export const tidy = (column: string) => `nullif(trim(${column}, ' \t\r\n\u00a0'), '')`

/** The same, null where it says that the value is missing. */
export const present = (text: string) => `CASE WHEN lower(${text}) NOT IN ${missing} THEN ${text} END`

const matches = (text: string, pattern: string) => `regexp_full_match(${text}, '${pattern}')`
const clock = '\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?'
const isoDate = '\\d{4}-\\d{1,2}-\\d{1,2}'

/** Ways to write a date. `pattern`: how it looks, before it is read. */
export const dateForms = {
  iso: { label: '2020-12-31', pattern: isoDate, format: '%Y-%m-%d' },
  isoSlash: { label: '2020/12/31', pattern: '\\d{4}/\\d{1,2}/\\d{1,2}', format: '%Y/%m/%d' },
  dot: { label: '31.12.2020', pattern: '\\d{1,2}\\.\\d{1,2}\\.\\d{4}', format: '%d.%m.%Y' },
  monthFirst: { label: '12/31/2020', pattern: '\\d{1,2}/\\d{1,2}/\\d{4}', format: '%m/%d/%Y' },
  dayFirst: { label: '31/12/2020', pattern: '\\d{1,2}/\\d{1,2}/\\d{4}', format: '%d/%m/%Y' },
  named: { label: '31 Dec 2020', pattern: '\\d{1,2}[ -][A-Za-z]{3}[ -]\\d{4}', format: '' },
} as const
export type DateForm = keyof typeof dateForms

/** A text as a date of one form; null where it is none. */
export function dateOf(text: string, form: DateForm): string {
  const { pattern, format } = dateForms[form]
  const read =
    form === 'named'
      ? `try_strptime(replace(${text}, '-', ' '), '%d %b %Y')`
      : `try_strptime(${text}, '${format}')`
  return `CASE WHEN ${matches(text, pattern)} THEN CAST(${read} AS DATE) END`
}

const formsOf = ({ dayFirst = false }: Reading): DateForm[] => [
  'iso',
  'isoSlash',
  'dot',
  dayFirst ? 'dayFirst' : 'monthFirst',
  'named',
]

const number = '[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?|(?i:[+-]?inf(inity)?)'

/** An expression that reads a tidy text as a type; null where it does not fit. */
export function typed(type: ColumnType, text: string, reading: Reading = {}): string {
  switch (type) {
    case 'text':
      return text
    case 'boolean':
      return `CASE WHEN lower(${text}) IN ('true', 't', 'yes', 'y', '1') THEN true
                   WHEN lower(${text}) IN ('false', 'f', 'no', 'n', '0') THEN false END`
    case 'integer':
      return `CASE WHEN ${matches(text, '[+-]?\\d{1,19}(\\.0+)?')} THEN TRY_CAST(${text} AS BIGINT) END`
    case 'number': {
      const point = `CASE WHEN ${matches(text, number)} THEN TRY_CAST(${text} AS DOUBLE) END`
      if (!reading.decimalComma) return point
      const comma = `CASE WHEN ${matches(text, '[+-]?\\d*,\\d+')} THEN TRY_CAST(replace(${text}, ',', '.') AS DOUBLE) END`
      return `coalesce(${point}, ${comma})`
    }
    case 'date':
      return `coalesce(${formsOf(reading)
        .map((form) => dateOf(text, form))
        .join(', ')})`
    case 'datetime': {
      const zoned = `CASE WHEN ${matches(text, `${isoDate}[T ]${clock} ?(Z|[+-]\\d{2}(:?\\d{2})?)?`)}
        THEN CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP) END`
      const local = [dateForms.dot, reading.dayFirst ? dateForms.dayFirst : dateForms.monthFirst].map(
        ({ pattern, format }) =>
          `CASE WHEN ${matches(text, `${pattern} ${clock}`)}
           THEN try_strptime(${text}, ['${format} %H:%M:%S', '${format} %H:%M', '${format} %H:%M:%S.%g']) END`,
      )
      return `coalesce(${zoned}, ${local.join(', ')}, CAST(${typed('date', text, reading)} AS TIMESTAMP))`
    }
    case 'numbers':
      return `CASE WHEN starts_with(${text}, '[') THEN TRY_CAST(${text} AS DOUBLE[]) END`
  }
}
