import { reservedNames } from './reserved-names'

/** The nearest name to that of a file: `Adult Income (2).csv.gz` gives `adult-income-2`. */
export function nameOfFile(file: string): string {
  const stem = file.replace(/^.*[\\/]/, '').replace(/(\.[a-z0-9]{1,8}){1,2}$/i, '')
  const name = stem
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[-_]+|-+$/g, '')
    .slice(0, 63)
  return name === '' || reservedNames.has(name) ? 'data' : name
}
