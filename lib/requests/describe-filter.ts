import type { RequestFilter } from './filter'

/** A search in words, as a data set's version keeps it: `answered, version 1.0.0, age > 30`; `''` where it narrows nothing. */
export function describeFilter({ q, from, to, version, status, key, where = [] }: RequestFilter): string {
  return [
    status,
    version && `version ${version}`,
    from && `from ${from.toISOString()}`,
    to && `to ${to.toISOString()}`,
    key && (key === 'page' ? 'asked from pages' : `of the key ${key}`),
    q && `found by ${q}`,
    ...where.map(({ field, op, value }) => `${field.join('.')} ${op} ${value}`),
  ]
    .filter(Boolean)
    .join(', ')
}
