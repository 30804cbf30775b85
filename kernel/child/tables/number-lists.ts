import type { Column } from './column-table'

/** Whether each value is a list of numbers, as an image or an embedding is; missing ones do not count. */
export function areNumberLists(length: number, at: Column['at']): boolean {
  let seen = false
  for (let row = 0; row < length; row++) {
    const value = at(row)
    if (value === null || value === undefined) continue
    if (!isNumberList(value)) return false
    seen = true
  }
  return seen
}

const isNumberList = (value: unknown) =>
  (ArrayBuffer.isView(value) && !(value instanceof DataView) && !Buffer.isBuffer(value)) ||
  (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number'))
