import type { FieldSchema } from './schema'

/** What is wrong with a record. `path`: the field, as `age` or `pixels[3]`; empty for the record itself. */
export type Problem = { path: string; message: string }
export type Validator = (value: unknown) => Problem | undefined

/**
 * A check of one record against a schema: `undefined` when it fits, else the first problem. Compiled to closures once, so
 * that a fitting record costs a few property reads and nothing is allocated for it.
 * Fields that the schema does not name are refused: dropping them would answer a misspelt optional field without a word.
 */
export function compileValidator(schema: FieldSchema): Validator {
  const check = compile(schema)
  if (!schema.nullable) return check
  return (value) => (value === null ? undefined : check(value))
}

/** A problem as one sentence: `age: expected a number, got "x"`. */
export const describeProblem = ({ path, message }: Problem) => (path ? `${path}: ${message}` : message)

/** What a field expects, in words: `a number`, `numbers of shape [28, 28]`. */
export function describeField(schema: FieldSchema): string {
  switch (schema.type) {
    case 'number':
      return 'a number'
    case 'string':
      return 'a string'
    case 'boolean':
      return 'true or false'
    case 'tensor':
      return `numbers of shape ${describeShape(schema.shape)}`
    case 'array':
      return 'an array'
    case 'object':
      return `an object with ${some(Object.keys(schema.fields))}`
    case 'any':
      return 'a value'
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const problem = (message: string): Problem => ({ path: '', message })
const describeShape = (shape: readonly number[]) => `[${shape.map((n) => (n < 0 ? 'any' : n)).join(', ')}]`

function compile(schema: FieldSchema): Validator {
  const expected = (value: unknown) =>
    problem(`expected ${describeField(schema)}, got ${describeValue(value)}`)
  switch (schema.type) {
    case 'number':
      return (value) => (typeof value === 'number' && Number.isFinite(value) ? undefined : expected(value))
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? undefined : expected(value))
    case 'string':
      return compileString(schema, expected)
    case 'tensor':
      return (value) => checkTensor(value, schema.shape, 0) ?? undefined
    case 'array': {
      const item = compileValidator(schema.items)
      return (value) => {
        if (!Array.isArray(value)) return expected(value)
        for (let i = 0; i < value.length; i++) {
          const found = item(value[i])
          if (found) return below(`[${i}]`, found)
        }
      }
    }
    case 'object':
      return compileObject(schema, expected)
    case 'any':
      return () => undefined
  }
}

type Refuse = (value: unknown) => Problem

function compileString(schema: FieldSchema & { type: 'string' }, expected: Refuse): Validator {
  const { categories, open } = schema
  if (!categories || open) return (value) => (typeof value === 'string' ? undefined : expected(value))
  const known = new Set<unknown>(categories)
  return (value) => {
    if (known.has(value)) return
    if (typeof value !== 'string') return expected(value)
    return problem(`unknown category ${describeValue(value)}; known: ${some(categories.map(quoted))}`)
  }
}

function compileObject(schema: FieldSchema & { type: 'object' }, expected: Refuse): Validator {
  const names = Object.keys(schema.fields)
  const checks = names.map((name) => compileValidator(schema.fields[name]!))
  const known = new Set(names)
  return (value) => {
    if (!isObject(value)) return expected(value)
    let present = 0
    for (let i = 0; i < names.length; i++) {
      const name = names[i]!
      if (!Object.hasOwn(value, name)) {
        const field = schema.fields[name]!
        if (field.nullable) continue
        return { path: name, message: `missing: expected ${describeField(field)}` }
      }
      present++
      const found = checks[i]!(value[name])
      if (found) return below(name, found)
    }
    const keys = Object.keys(value)
    if (keys.length === present) return
    const unknown = keys.find((key) => !known.has(key))!
    return { path: unknown, message: `not a field of this model; its fields: ${some(names)}` }
  }
}

function checkTensor(value: unknown, shape: readonly number[], depth: number): Problem | undefined {
  if (depth === shape.length) {
    if (typeof value === 'number' && Number.isFinite(value)) return
    return depth === 0 || !Array.isArray(value)
      ? problem(`expected a number, got ${describeValue(value)}`)
      : problem(`expected numbers of shape ${describeShape(shape)}, got deeper arrays`)
  }
  const wanted = shape[depth]!
  if (!Array.isArray(value) || (wanted >= 0 && value.length !== wanted)) {
    if (depth > 0 && !Array.isArray(value))
      return problem(
        `expected an array of ${wanted < 0 ? 'any' : wanted} numbers, got ${describeValue(value)}`,
      )
    const got = depth === 0 ? shapeSeen(value) : Array.isArray(value) ? `${value.length} in a row` : ''
    return problem(`expected numbers of shape ${describeShape(shape)}, got ${got}`)
  }
  for (let i = 0; i < value.length; i++) {
    const item: unknown = value[i]
    // The innermost numbers are most of the work: no call for each.
    if (depth + 1 === shape.length && typeof item === 'number' && Number.isFinite(item)) continue
    const found = checkTensor(item, shape, depth + 1)
    if (found) return below(`[${i}]`, found)
  }
}

/** Along the first elements: enough to show what differs. */
function shapeSeen(value: unknown): string {
  if (!Array.isArray(value)) return describeValue(value)
  const shape: number[] = []
  for (let at: unknown = value; Array.isArray(at) && shape.length < 8; at = at[0]) shape.push(at.length)
  return `shape ${describeShape(shape)}`
}

function below(step: string, { path, message }: Problem): Problem {
  return { path: !path ? step : path.startsWith('[') ? step + path : `${step}.${path}`, message }
}

const quoted = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text)

/** The first ten, and how many there are. */
function some(items: string[]) {
  if (items.length <= 10) return items.join(', ')
  return `${items.slice(0, 10).join(', ')}, … (${items.length} in all)`
}

function describeValue(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return value.length === 1 ? 'an array of 1' : `an array of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  return String(value)
}
