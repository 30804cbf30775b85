const reserved = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield await let static async of row rows dataset display'.split(
    ' ',
  ),
)

/** The variable that holds a data set: `adult-income` gives `adultIncome`. */
export function variableOf(dataset: string): string {
  const name = dataset
    .replace(/[-_]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '')
    .replace(/^(?=\d)/, '_')
  return name === '' || reserved.has(name) || name === 'Plot' ? `${name}Data` : name
}

/** A text as a literal of TypeScript. */
export const quote = (text: string) =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'").replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`

const isIdentifier = (name: string) => /^[A-Za-z_$][\w$]*$/.test(name)
/** A name as a key of an object or a type. */
export const key = (name: string) => (isIdentifier(name) ? name : quote(name))
/** A value of `row`. */
export const member = (name: string) => (isIdentifier(name) ? `row.${name}` : `row[${quote(name)}]`)
