import { toJsonValue } from '../../../lib/protocol/json-value'
import { maxSelfTestRecords } from '../../../lib/protocol/promotion-body'
import { PromoteError } from './errors'

/** Most records that a schema is taken from. */
const maxSchemaRecords = 100_000

/**
 * The records that a cell gave, as an application would send them: an array of records, an arquero table, or a tensor of
 * them. Evenly taken where there are more than 100,000. The live function is tested on just these values.
 */
export function toRecords(data: unknown): unknown[] {
  const given = list(data)
  if (!given) throw new PromoteError('data must be an array of records, a table or a tensor')
  if (given.length === 0)
    throw new PromoteError('data is empty: give some records that the function can predict')
  return evenly(given, maxSchemaRecords).map((record, i) => {
    try {
      return toJsonValue(record)
    } catch (cause) {
      throw new PromoteError(`data[${i}] cannot be sent as JSON: ${(cause as Error).message}`, { cause })
    }
  })
}

/** Of these, those of the self-test. */
export const testRecords = (records: unknown[]) => evenly(records, maxSelfTestRecords)

/** At most `count` items, the first and equal steps after it. */
export function evenly<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items]
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!)
}

function list(data: unknown): unknown[] | undefined {
  if (Array.isArray(data)) return data
  if (typeof data !== 'object' || data === null) return
  if ('numRows' in data && 'objects' in data) return (data as { objects(): unknown[] }).objects()
  if ('arraySync' in data) {
    const value = (data as { arraySync(): unknown }).arraySync()
    return Array.isArray(value) ? value : undefined
  }
  if (ArrayBuffer.isView(data) && !(data instanceof DataView)) return Array.from(data as Float64Array)
}
