import type { FieldSchema } from '../../../../../../lib/protocol/schema'
import { describeFields } from '../../../../../_ui/records/describe'
import type { Fact } from './facts'

/** The fields of two schemas that are not alike, each as its type, values and whether it may be empty. */
export function fieldDifferences(a: FieldSchema, b: FieldSchema): Fact[] {
  const [left, right] = [linesOf(a), linesOf(b)]
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((name) => ({ name, a: left.get(name) ?? 'absent', b: right.get(name) ?? 'absent' }))
    .filter((fact) => fact.a !== fact.b)
}

const linesOf = (field: FieldSchema) =>
  new Map(
    describeFields(field).map(({ path, type, values, nullable }) => [
      path,
      [type, values, nullable && 'may be empty'].filter(Boolean).join('; '),
    ]),
  )
