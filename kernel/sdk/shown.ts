const mark = Symbol.for('cellar.shown')

/** Marks a value that the page shows already: as a cell's last expression it is not shown again. */
export function markShown<Value extends object>(value: Value): Value {
  Object.defineProperty(value, mark, { value: true })
  return value
}

export const isShown = (value: unknown) =>
  typeof value === 'object' && value !== null && (value as { [mark]?: unknown })[mark] === true
