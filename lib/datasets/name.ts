import { z } from 'zod'

/** Names stand in addresses and in code: `dataset("iris")`. */
export const datasetName = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,62}$/,
    'use 1 to 63 lower case letters, digits, "-" and "_", a letter or digit first',
  )

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
  return name || 'data'
}
