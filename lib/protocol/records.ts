import type { FieldSchema } from './schema'
import { compileValidator, describeProblem, type Problem } from './schema-validate'

/** Most records that one request may hold. */
export const maxRecords = 1_000

export type ParsedRecords =
  | { records: unknown[] }
  /** `field`: the path within the record, empty where no single field is at fault; `message`: the whole sentence. */
  | { problem: { field: string; message: string } }

/**
 * Reads a request's parsed JSON as records that fit a schema. A body is one record, an array of records, or
 * `{ "instances": [records] }`. Where a record is an array itself, the schema tells one record from many.
 * Compile once per version, call per request.
 */
export function createRecordReader(input: FieldSchema, limit = maxRecords): (body: unknown) => ParsedRecords {
  const validate = compileValidator(input)
  const isMany = compileIsMany(input)
  return (body) => {
    const given = hasInstances(body, input) ? body.instances : body
    const many = given !== body || isMany(given)
    if (!many) {
      const found = validate(given)
      return found ? refuse(found) : { records: [given] }
    }
    if (!Array.isArray(given)) return fail('instances', 'instances: expected an array of records')
    if (given.length === 0) return fail('', 'no records: send at least one')
    if (given.length > limit)
      return fail('', `too many records: at most ${limit} in a request, got ${given.length}`)
    for (let i = 0; i < given.length; i++) {
      const found = validate(given[i])
      if (found) return refuse(found, given.length > 1 ? i : undefined)
    }
    return { records: given }
  }
}

const fail = (field: string, message: string): ParsedRecords => ({ problem: { field, message } })

function refuse(found: Problem, index?: number): ParsedRecords {
  const at = index === undefined ? '' : `record ${index}: `
  return fail(found.path, at + describeProblem(found))
}

function hasInstances(body: unknown, input: FieldSchema): body is { instances: unknown } {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'instances')) return false
  return !(input.type === 'object' && Object.hasOwn(input.fields, 'instances'))
}

function compileIsMany(input: FieldSchema): (body: unknown) => boolean {
  if (input.type === 'tensor') {
    const rank = input.shape.length
    return (body) => depth(body) > rank
  }
  if (input.type === 'array') {
    const validate = compileValidator(input)
    return (body) => Array.isArray(body) && validate(body) !== undefined && body.every(Array.isArray)
  }
  return Array.isArray
}

/** Nesting along the first elements. */
function depth(value: unknown) {
  let n = 0
  for (let at = value; Array.isArray(at); at = at[0]) n++
  return n
}
