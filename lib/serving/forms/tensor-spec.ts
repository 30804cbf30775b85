import type { FieldSchema } from '../../protocol/schema'

/** What a tensor protocol says of one input or output. `field`: undefined where the record itself is the value. */
export type TensorSpec = { name: string; field: string | undefined; datatype: Datatype; shape: number[] }

/** Of the Open Inference Protocol. */
export type Datatype = 'BOOL' | 'INT64' | 'FP32' | 'FP64' | 'BYTES'

/**
 * A record's fields as tensors: a scalar is a column of shape [-1], a tensor field [-1, …its shape]; what has no number
 * form (lists, objects, anything) travels as JSON in BYTES. `alone`: the name where the record is no object.
 */
export function tensorSpecs(schema: FieldSchema, alone: 'input' | 'output'): TensorSpec[] {
  if (schema.type !== 'object') return [{ name: alone, field: undefined, ...typeOf(schema) }]
  return Object.entries(schema.fields).map(([field, each]) => ({ name: field, field, ...typeOf(each) }))
}

function typeOf(schema: FieldSchema): Pick<TensorSpec, 'datatype' | 'shape'> {
  switch (schema.type) {
    case 'number':
      return { datatype: 'FP64', shape: [-1] }
    case 'boolean':
      return { datatype: 'BOOL', shape: [-1] }
    case 'tensor':
      return { datatype: 'FP64', shape: [-1, ...schema.shape] }
    default:
      return { datatype: 'BYTES', shape: [-1] }
  }
}

/** Whether a value of BYTES is a text itself, not JSON. */
export const isText = (schema: FieldSchema) => schema.type === 'string'

/** The schema of a spec's values. */
export const schemaOf = (schema: FieldSchema, { field }: TensorSpec): FieldSchema =>
  field !== undefined && schema.type === 'object' ? schema.fields[field]! : schema
