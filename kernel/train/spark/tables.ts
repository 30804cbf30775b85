/** A table of Spark's that holds the rows of a training while it learns. */
const prefix = 'cellar_training_'

/** Each attempt has a table of its own: what a killed one still writes never comes into the next one's. */
export const tableOf = (trainingId: string, attempt: number) =>
  `${prefix}${trainingId.replaceAll('-', '_')}_${attempt}`

/** Names of such tables, as `SHOW TABLES` takes them. */
export const tablesPattern = `${prefix}*`

/** Whose table it is; undefined for others. */
export function trainingOf(table: string): string | undefined {
  const found = new RegExp(`^${prefix}([0-9a-f_]{36})_\\d+$`).exec(table)
  return found?.[1]?.replaceAll('_', '-')
}
