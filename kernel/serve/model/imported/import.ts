import type {
  ImportNaming,
  ImportReport,
  ModelFile,
  ModelSignature,
} from '../../../../lib/protocol/imported-model'
import type { Predictor } from '../../../../lib/protocol/predictor'
import { compileValidator, describeProblem } from '../../../../lib/protocol/schema-validate'
import { comparePredictions } from '../../compare'
import { madeRecord, openLengths } from './example'
import { ImportError, messageOf } from './import-error'
import { encodeImported, loadRunner } from './load'
import { importedPredictor } from './predictor'
import { recognise } from './recognise'
import { schemaOf, signatureOf } from './signature'
import type { Runner } from './tensor'
import { unpack } from './unpack'

export type Imported = { report: ImportReport; model: Uint8Array }

/**
 * Finds the model in uploaded files, loads it, and tries it: with the given records, else with ones that are made from
 * its signature. Rejects with `ImportError` where there is none that can be served.
 */
export async function importModel(
  uploads: ModelFile[],
  naming: ImportNaming,
  given: unknown[] | null,
): Promise<Imported> {
  const { format, files } = recognise(await unpack(uploads))
  const runner = await loadRunner(format, files)
  if (runner.inputs.length === 0) throw new ImportError(`the model has no inputs: ${files[0]!.path}`)
  const first = signatureOf(runner, naming)
  const schema = schemaOf(first)
  const tried = given ? await tryGiven(runner, first, given) : await tryMade(runner, first)
  const { signature, notes } = await settleBatching(runner, first, tried)
  const { records, predictions, problem } = tried
  const report: ImportReport = {
    format,
    files: files.map(({ path, data }) => ({ path, bytes: data.length })),
    signature,
    schema,
    records,
    predictions,
    problem,
    notes: [...runner.notes, ...notes],
    environment: runner.environment,
  }
  return { report, model: encodeImported({ format, files, signature }) }
}

type Tried = { records: unknown[]; predictions: unknown[] | null; problem: string | null; openLength: number }

/** One by one: what a record is answered with must not depend on the others. */
async function alone(predict: Predictor, records: unknown[]): Promise<unknown[]> {
  const predictions: unknown[] = []
  for (const record of records) predictions.push(...(await predict([record])))
  return predictions
}

async function tryGiven(runner: Runner, signature: ModelSignature, records: unknown[]): Promise<Tried> {
  const openLength = openLengths[0]!
  const failed = (problem: string): Tried => ({ records, predictions: null, problem, openLength })
  const validate = compileValidator(schemaOf(signature).input)
  for (const [i, record] of records.entries()) {
    const found = validate(record)
    if (found) return failed(`example ${i} does not fit the model: ${describeProblem(found)}`)
  }
  try {
    const predictions = await alone(importedPredictor(runner, signature), records)
    return { records, predictions, problem: null, openLength }
  } catch (error) {
    return failed(messageOf(error))
  }
}

async function tryMade(runner: Runner, signature: ModelSignature): Promise<Tried> {
  const predict = importedPredictor(runner, signature)
  const isOpen = signature.inputs.some(({ shape, columns }) => !columns && shape.includes(-1))
  let problem = ''
  for (const openLength of isOpen ? openLengths : openLengths.slice(0, 1)) {
    const records = [madeRecord(signature, openLength, 0)]
    try {
      return { records, predictions: await predict(records), problem: null, openLength }
    } catch (error) {
      problem ||= messageOf(error)
    }
  }
  return {
    records: [madeRecord(signature, openLengths[0]!, 0)],
    predictions: null,
    problem,
    openLength: openLengths[0]!,
  }
}

/** A library adds numbers up in another order when there are more of them; what is looked for differs by far more. */
const sameEnough = 1e-4

/**
 * Whether the model answers records together as it does alone. Where it does not, they are given to it one at a time:
 * right answers before fast ones.
 */
async function settleBatching(
  runner: Runner,
  signature: ModelSignature,
  { records, predictions, openLength }: Tried,
): Promise<{ signature: ModelSignature; notes: string[] }> {
  if (signature.batching === 'whole')
    return {
      signature,
      notes: ['No dimension of its inputs is left for records: each is a call of its own.'],
    }
  const oneByOne = { ...signature, batching: 'single' as const }
  if (signature.batching === 'single' || !predictions)
    return {
      signature,
      notes: signature.batching === 'single' ? ['The model takes one record at a time.'] : [],
    }
  try {
    const other = madeRecord(signature, openLength, 1)
    const both = [records[0], other]
    const expected = await alone(importedPredictor(runner, oneByOne), both)
    const got = await importedPredictor(runner, signature)(both)
    const result = comparePredictions(expected, got, sameEnough)
    if (!('reason' in result)) return { signature, notes: [] }
  } catch {
    // Two of them at once are too much for it.
  }
  return {
    signature: oneByOne,
    notes: ['The model answers records together otherwise than alone, so each is given to it alone.'],
  }
}
