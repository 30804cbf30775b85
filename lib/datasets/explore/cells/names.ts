import { reservedWords } from '../../../notebook/reserved-words'

/** What the cells of a figure call other things. */
const taken = new Set('Plot row rows dataset display'.split(' '))

/** The variable that holds a data set: `adult-income` gives `adultIncome`. */
export function variableOf(dataset: string): string {
  const name = dataset
    .replace(/[-_]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '')
    .replace(/^(?=\d)/, '_')
  return name === '' || reservedWords.has(name) || taken.has(name) ? `${name}Data` : name
}

/** A text as a literal of TypeScript. */
export const quote = (text: string) =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'").replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`

const isIdentifier = (name: string) => /^[A-Za-z_$][\w$]*$/.test(name)
/** A name as a key of an object or a type. */
export const key = (name: string) => (isIdentifier(name) ? name : quote(name))
/** A value of `row`. */
export const member = (name: string) => (isIdentifier(name) ? `row.${name}` : `row[${quote(name)}]`)
