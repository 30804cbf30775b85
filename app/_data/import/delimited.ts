import { type Delimiter, delimiters } from '../../../lib/protocol/dataset-import'

/** The values of the lines at the start of delimited text, and how many lines each record takes. `most`: records. */
export function readRecords(
  text: string,
  delimiter: string,
  most: number,
): { values: string[]; lines: number }[] {
  const records: { values: string[]; lines: number }[] = []
  let values: string[] = []
  let value = ''
  let quoted = false
  let lines = 1
  const end = () => {
    values.push(value)
    value = ''
  }
  for (let at = 0; at < text.length && records.length < most; at++) {
    const sign = text[at]!
    if (quoted) {
      if (sign === '\n') lines++
      if (sign !== '"') value += sign
      else if (text[at + 1] === '"') value += text[at++]
      else quoted = false
    } else if (sign === '"' && value.trim() === '') {
      quoted = true
      value = ''
    } else if (sign === delimiter) end()
    else if (sign === '\n') {
      end()
      records.push({ values, lines })
      values = []
      lines = 1
    } else if (sign !== '\r') value += sign
  }
  if (records.length < most && (values.length > 0 || value !== '')) {
    end()
    records.push({ values, lines })
  }
  return records
}

/** What separates the values: what most lines at the start have as often as the first line. */
export function findDelimiter(text: string): Delimiter {
  let best: { delimiter: Delimiter; alike: number; values: number } | undefined
  for (const delimiter of delimiters) {
    const records = readRecords(text, delimiter, 50).filter(({ values }) => values.join('') !== '')
    const values = records[0]?.values.length ?? 0
    if (values < 2) continue
    const alike = records.filter((record) => record.values.length === values).length
    if (!best || alike > best.alike || (alike === best.alike && values > best.values))
      best = { delimiter, alike, values }
  }
  return best?.delimiter ?? ','
}

const numeric = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$/

/** Whether a first record is names: names are no numbers, and none of them is missing. */
export const looksLikeHeader = (values: string[]) =>
  values.some((value) => value.trim() !== '') && !values.some((value) => numeric.test(value.trim()))

/** Names of columns as they can be used, each once, with a sentence for each that had to be made. */
export function tidyNames(names: string[]): { names: string[]; notices: string[] } {
  const notices: string[] = []
  const seen = new Map<string, number>()
  const given = names.map((name) => name.trim().slice(0, 256))
  // SQL tells names apart without their case.
  const taken = new Set(given.map((name) => name.toLowerCase()))
  const tidy = given.map((name, i) => {
    if (name === '' || name.toLowerCase() === '__row') {
      const made = free(`column_${i + 1}`, taken)
      notices.push(
        name === ''
          ? `Column ${i + 1} has no name; it is called ${made}.`
          : `Column ${i + 1} is called ${name}, which Cellar uses itself; it is called ${made}.`,
      )
      return made
    }
    const first = seen.get(name.toLowerCase())
    if (first === undefined) {
      seen.set(name.toLowerCase(), i)
      return name
    }
    const made = free(`${name}_2`, taken)
    seen.set(made.toLowerCase(), i)
    notices.push(`Columns ${first + 1} and ${i + 1} are both called ${name}; the second is called ${made}.`)
    return made
  })
  return { names: tidy, notices }
}

function free(name: string, taken: Set<string>): string {
  let made = name
  for (let n = 2; taken.has(made.toLowerCase()); n++) made = `${name.replace(/_\d+$/, '')}_${n}`
  taken.add(made.toLowerCase())
  return made
}
