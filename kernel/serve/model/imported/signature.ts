import type {
  Batching,
  ImportNaming,
  ModelSignature,
  ModelTensor,
  NamedTensor,
} from '../../../../lib/protocol/imported-model'
import type { FieldSchema, RecordSchema } from '../../../../lib/protocol/schema'
import { ImportError } from './import-error'
import { isInteger } from './tensor'

type Tensors = { inputs: ModelTensor[]; outputs: ModelTensor[] }

/**
 * What of a model's tensors is one record's. The first dimension holds the records where every input leaves it open; where
 * it is 1 in every input, they come one by one; a model with neither takes its tensors as they are.
 */
export function signatureOf({ inputs, outputs }: Tensors, naming: ImportNaming): ModelSignature {
  const first = inputs.map(({ shape }) => shape[0])
  const batching: Batching = first.every((n) => n === -1)
    ? 'stacked'
    : first.every((n) => n === 1)
      ? 'single'
      : 'whole'
  const ofRecord = (shape: number[]) => (batching === 'whole' ? shape : shape.slice(1))
  const named =
    (side: 'inputs' | 'outputs') =>
    (tensor: ModelTensor, _: number, all: ModelTensor[]): NamedTensor => {
      const shape = ofRecord(tensor.shape)
      const column = side === 'inputs' && all.length > 1 && shape.length === 1 && shape[0] === 1
      return {
        ...tensor,
        shape,
        field: naming[side][tensor.name] ?? tensor.name,
        scalar: shape.length === 0 || column,
        columns: null,
      }
    }
  const signature = {
    inputs: inputs.map(named('inputs')),
    outputs: outputs.map(named('outputs')),
    batching,
  }
  nameColumns(signature.inputs, naming.columns)
  refuseTwice('inputs', fieldsOf(signature.inputs))
  refuseTwice('outputs', fieldsOf(signature.outputs))
  return signature
}

function nameColumns(inputs: NamedTensor[], columns: string[] | undefined) {
  if (!columns?.length) return
  const [input] = inputs
  if (inputs.length !== 1 || input!.shape.length !== 1 || input!.type === 'string' || input!.type === 'bool')
    throw new ImportError('columns can be named only of a single input that is a list of numbers')
  const [length] = input!.shape
  if (length !== -1 && length !== columns.length)
    throw new ImportError(
      `the input has ${length} values, name each of them: ${columns.length} names were given`,
    )
  input!.columns = columns
}

const fieldsOf = (tensors: NamedTensor[]) => tensors.flatMap(({ field, columns }) => columns ?? [field])

function refuseTwice(what: string, fields: string[]) {
  const twice = fields.find((field, i) => fields.indexOf(field) !== i)
  if (twice !== undefined) throw new ImportError(`two ${what} have the same name: ${twice}`)
}

/** What records and predictions of a model look like. */
export const schemaOf = ({ inputs, outputs }: ModelSignature): RecordSchema => ({
  input: sideOf(inputs),
  output: sideOf(outputs),
})

/** A single tensor is the record itself, several are its fields. */
function sideOf(tensors: NamedTensor[]): FieldSchema {
  const [alone] = tensors
  if (tensors.length > 1)
    return { type: 'object', fields: Object.fromEntries(tensors.map((each) => [each.field, fieldOf(each)])) }
  if (!alone!.columns) return fieldOf(alone!)
  const value = scalarOf(alone!)
  return { type: 'object', fields: Object.fromEntries(alone!.columns.map((name) => [name, value])) }
}

function fieldOf(tensor: NamedTensor): FieldSchema {
  const value = scalarOf(tensor)
  if (tensor.scalar) return value
  if (value.type === 'number') return { type: 'tensor', shape: tensor.shape }
  // A tensor of the schema is one of numbers.
  return tensor.shape.reduceRight<FieldSchema>((items) => ({ type: 'array', items }), value)
}

function scalarOf({ type }: ModelTensor): FieldSchema {
  if (type === 'string') return { type: 'string' }
  if (type === 'bool') return { type: 'boolean' }
  return isInteger(type) ? { type: 'number', integer: true } : { type: 'number' }
}
