import type { DuckDBConnection } from '@duckdb/node-api'
import { literal, readAll } from '../duck'
import { parts } from '../parts'
import { type Decided, decideType, type TypeCounts } from './decide-type'
import { guessCounts } from './guess'
import { type DateForm, dateForms, dateOf, present, type Reading, tidy, typed } from './typed'

/** Values that a first guess is made from; it is then checked against all. */
const guessValues = 500_000
const maxGuessRows = 5000
/** Columns in one query: each has a hundred steps of expressions, all of which hold values. */
const atOnce = 8
/** Of these only values are read. */
const columnsOfGuess = 200
/** Of these one type is tried. */
const columnsOfCheck = 25

/** The types of columns of text, given as SQL, by all of their values. */
export async function inferTypes(
  connection: DuckDBConnection,
  file: string,
  columns: string[],
  reading: Reading,
): Promise<Decided[]> {
  const from = `FROM read_parquet(${literal(file)})`
  const guesses = await guess(connection, columns, from, reading)
  const doubtful = await misfitting(connection, columns, guesses, from)
  const whole = await decide(
    connection,
    doubtful.map((i) => columns[i]!),
    from,
    reading,
  )
  for (const [at, i] of doubtful.entries()) guesses[i] = whole[at]!
  return guesses
}

async function guess(connection: DuckDBConnection, columns: string[], from: string, reading: Reading) {
  const rows = Math.min(maxGuessRows, Math.ceil(guessValues / Math.max(columns.length, 1)))
  const decided: Decided[] = []
  for (const some of parts(columns, columnsOfGuess)) {
    const values = await readAll(connection, `SELECT ${some.join(', ')} ${from} LIMIT ${rows}`)
    for (let i = 0; i < some.length; i++) {
      const column = values.map((row) => row[i] as string | null)
      decided.push(decideType(guessCounts(column, reading), reading))
    }
  }
  return decided
}

async function decide(connection: DuckDBConnection, columns: string[], from: string, reading: Reading) {
  const decided: Decided[] = []
  for (const some of parts(columns, atOnce)) {
    const texts = some.map((name, i) => `${present(tidy(name))} AS c${i}`)
    const [row] = await readAll(
      connection,
      `SELECT ${some.flatMap((_, i) => measures(`c${i}`, reading)).join(', ')}
       FROM (SELECT ${texts.join(', ')} ${from})`,
    )
    const counts = row!.map(Number)
    for (let i = 0; i < some.length; i++)
      decided.push(decideType(countsOf(counts.slice(i * perColumn, (i + 1) * perColumn)), reading))
  }
  return decided
}

const forms = Object.keys(dateForms) as DateForm[]
const perColumn = 6 + forms.length

const measures = (text: string, reading: Reading) => [
  `count(${text})`,
  `count_if(lower(${text}) IN ('true', 'false', 'yes', 'no'))`,
  `count(${typed('integer', text)})`,
  `count_if(regexp_full_match(${text}, '[+-]?0\\d+'))`,
  `count(${typed('number', text, reading)})`,
  `count(${typed('datetime', text)})`,
  ...forms.map((form) => `count(${dateOf(text, form)})`),
]

function countsOf([values, boolean, integer, zeroed, number, datetime, ...dates]: number[]): TypeCounts {
  return {
    values: values!,
    boolean: boolean!,
    integer: integer!,
    zeroed: zeroed!,
    number: number!,
    datetime: datetime!,
    dates: Object.fromEntries(forms.map((form, i) => [form, dates[i]!])) as TypeCounts['dates'],
  }
}

/** Columns of which some value is not what was guessed; where dates are written in which way must be counted whole. */
async function misfitting(connection: DuckDBConnection, columns: string[], guesses: Decided[], from: string) {
  const doubtful: number[] = []
  const asked = columns.flatMap((name, i) => {
    const { type, reading, note } = guesses[i]!
    if (type === 'text' && note === undefined) return []
    const text = present(tidy(name))
    const fits = type === 'text' || type === 'date' ? 'false' : `${typed(type, text, reading)} IS NOT NULL`
    const zeroed =
      type === 'integer' || type === 'number' ? `OR regexp_full_match(${text}, '[+-]?0\\d+')` : ''
    return [{ i, count: `count_if(${text} IS NOT NULL AND (NOT (${fits}) ${zeroed}))` }]
  })
  for (const some of parts(asked, columnsOfCheck)) {
    const [row] = await readAll(connection, `SELECT ${some.map(({ count }) => count).join(', ')} ${from}`)
    for (const [at, { i }] of some.entries()) if (Number(row![at]) > 0) doubtful.push(i)
  }
  return doubtful
}
