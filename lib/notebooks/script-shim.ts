/**
 * What the module `cellar` gives to cells, for a script that runs without it: display prints, inputs have the value
 * that they begin with, data is read from beside the script, secrets are environment variables. What only Cellar can
 * do says so. Each part is written into a script that uses it.
 */
export const scriptShim: Record<string, string> = {
  display: `const display = Object.assign(
  (value: unknown, _options?: unknown) => {
    show(value)
    return { id: '', update: show }
  },
  {
    image: (_value: unknown, _options?: unknown) => ({ id: '', update: (_next: unknown) => {} }),
    markdown: (text: string) => {
      console.log(text)
      return { id: '', update: (next: string) => console.log(next) }
    },
  },
)`,
  progress: `const progress = (items: any, _label?: string): any =>
  typeof items === 'number' ? { increment() {}, update() {}, done() {} } : items`,
  promote: `const promote = async (name: string, ..._rest: unknown[]) => {
  console.warn(\`endpoints are made in Cellar only, not made: \${name}\`)
  return { endpoint: name, version: '', url: '', page: '' }
}`,
  dataset: `const dataset = async (name: string): Promise<any> => {
  const { readFile } = await import('node:fs/promises')
  const { gunzipSync } = await import('node:zlib')
  const stored = await readFile(new URL(name, import.meta.url))
  const bytes = name.endsWith('.gz') ? gunzipSync(stored) : stored
  const plain = name.replace(/\\.gz$/, '')
  if (/\\.(csv|tsv)$/.test(plain)) {
    const { fromCSV } = await import('arquero')
    return fromCSV(bytes.toString('utf8'), { delimiter: plain.endsWith('.tsv') ? '\\t' : ',' })
  }
  if (plain.endsWith('.json')) return JSON.parse(bytes.toString('utf8'))
  throw new Error(\`only csv, tsv and json files are read outside of Cellar: \${name}\`)
}`,
  input: `const first = (options: any, otherwise?: unknown) => options?.value ?? otherwise
const input: any = {
  slider: (options?: any) => first(options, options?.min ?? 0),
  number: (options?: any) => first(options, options?.min ?? 0),
  text: (options?: any) => first(options, ''),
  checkbox: (options?: any) => first(options, false),
  date: (options?: any) => new Date(first(options, new Date().toISOString().slice(0, 10)) as string),
  select: (options: any) => first(options, options.multiple ? [] : options.options?.[0]),
  table: (options: any) => options.data,
  file: (options?: any) => (options?.multiple ? [] : undefined),
  button: () => 0,
}`,
  secret: `const secret = async (name: string) => {
  const value = process.env[name]
  if (value === undefined) throw new Error(\`the secret is not set; give it as an environment variable: \${name}\`)
  return value
}`,
  sql: `const sql: any = () => {
  throw new Error('SQL cells run in Cellar only')
}`,
}

/** Prints what a cell's last line gives, as a notebook shows it; a figure becomes a file. */
export const showFunction = `let figures = 0
function show(value: any) {
  // What display gives back was shown already.
  if (value === undefined || (value?.id === '' && typeof value.update === 'function')) return
  if (typeof value?.outerHTML === 'string') {
    const file = \`figure-\${++figures}.\${/^svg$/i.test(value.tagName) ? 'svg' : 'html'}\`
    writeFileSync(file, value.outerHTML)
    console.log(file)
  } else if (typeof value?.print === 'function') value.print()
  else console.log(value)
}`

/** Plot draws into a document, which only browsers have. */
export const documentForPlot =
  "(globalThis as any).window ??= { document: parseHTML('<!doctype html><html><body></body></html>').document }"
