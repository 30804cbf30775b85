/** A value has no form in JSON. `path`: where in the value. */
export class JsonValueError extends TypeError {
  override name = 'JsonValueError'
  constructor(
    readonly path: string,
    reason: string,
  ) {
    super(path ? `${path} is ${reason}` : `it is ${reason}`)
  }
}

/**
 * What a value is once it went over the wire: a record that an application sends, a prediction that it gets.
 * NaN and infinities become null, typed arrays, Sets and tensors arrays, Maps with string keys objects, Dates ISO text,
 * tables arrays of records; undefined properties go. Throws `JsonValueError` at functions, symbols, promises and cycles.
 */
export function toJsonValue(value: unknown): unknown {
  return convert(value, '', new Set())
}

function convert(value: unknown, path: string, above: Set<object>): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? (Object.is(value, -0) ? 0 : value) : null
    case 'undefined':
      return null
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
    case 'function':
    case 'symbol':
      throw new JsonValueError(path, `a ${typeof value}, which JSON cannot hold`)
  }
  if (value === null) return null
  const object = value as object
  if (above.has(object)) throw new JsonValueError(path, 'a part of itself, which JSON cannot hold')
  above.add(object)
  const result = convertObject(object, path, above)
  above.delete(object)
  return result
}

type TensorLike = { arraySync(): unknown; dtype: string }
type TableLike = { objects(options?: { limit?: number }): unknown[]; numRows(): number }
const isTensor = (value: object): value is TensorLike => 'dtype' in value && 'arraySync' in value
const isTable = (value: object): value is TableLike => 'numRows' in value && 'objects' in value

function convertObject(object: object, path: string, above: Set<object>): unknown {
  const list = (items: Iterable<unknown>) =>
    Array.from(items, (item, i) => convert(item, `${path}[${i}]`, above))
  if (Array.isArray(object)) return list(object)
  if (ArrayBuffer.isView(object) && !(object instanceof DataView)) return list(object as Float64Array)
  if (object instanceof Date) return Number.isNaN(object.getTime()) ? null : object.toISOString()
  if (object instanceof Set) return list(object)
  if (isTensor(object)) return convert(object.arraySync(), path, above)
  if (isTable(object)) return list(object.objects())
  if (object instanceof Promise) throw new JsonValueError(path, 'a promise: await it')
  if ('toJSON' in object && typeof object.toJSON === 'function') return convert(object.toJSON(), path, above)
  const entries = object instanceof Map ? mapEntries(object, path) : Object.entries(object)
  const at = (name: string) => (path ? `${path}.${name}` : name)
  // `fromEntries` defines: a field called __proto__ stays a field.
  return Object.fromEntries(
    entries
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [name, convert(item, at(name), above)]),
  )
}

function mapEntries(map: Map<unknown, unknown>, path: string) {
  return [...map].map(([key, item]): [string, unknown] => {
    if (typeof key !== 'string' && typeof key !== 'number')
      throw new JsonValueError(path, `a Map whose keys are ${typeof key}s, not names`)
    return [String(key), item]
  })
}
