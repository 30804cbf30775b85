import { reservedWords } from '../../../../../lib/notebook/reserved-words'

/** What the lines that read a file import. */
const imported = new Set(['dataset', 'sql', 'readFile'])

/** Code that reads a file of the notebook's folder, by its name. */
export function codeThatReads(path: string): string {
  const text = `'${path.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`
  const name = variableOf(path)
  if (/\.(csv|tsv|json|arrow|feather)(\.gz)?$/i.test(path))
    return `import { dataset } from 'cellar'\n\nconst ${name} = await dataset(${text})\n${name}`
  if (/\.parquet$/i.test(path))
    return `import { sql } from 'cellar'\n\nconst ${name} = await sql\`FROM ${text}\`\n${name}`
  if (/\.(txt|md|log|html|xml|ya?ml|toml|ini)$/i.test(path))
    return `import { readFile } from 'node:fs/promises'\n\nconst ${name} = await readFile(${text}, 'utf8')`
  return `import { readFile } from 'node:fs/promises'\n\nconst ${name} = await readFile(${text})`
}

/** `data/my points.csv` → `myPoints` */
export function variableOf(path: string): string {
  const base = path
    .split('/')
    .at(-1)!
    .replace(/\.[^.]*(\.gz)?$/, '')
  const words = base.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const joined = words
    .map((word, i) => (i === 0 ? word[0]!.toLowerCase() : word[0]!.toUpperCase()) + word.slice(1))
    .join('')
  if (!/^[\p{L}]/u.test(joined)) return `file${joined}`
  return reservedWords.has(joined) || imported.has(joined) ? `${joined}Data` : joined
}
