import { installFunctionText } from '../../../lib/notebook/function-text'
import type { Predictor } from '../../../lib/protocol/predictor'
import type { ModelReply, ModelRequest } from '../../../lib/protocol/serving'
import { exportModel } from './export/export-model'
import { importModel } from './imported/import'
import { restore } from './restore'

/** Loads a bundle, then predicts: one request at a time, in order, because tensors are disposed per call. */
export function createModel(): { answer(request: ModelRequest): Promise<ModelReply> } {
  // arquero reads the text of the functions it is given, as in the kernel.
  installFunctionText()
  let predict: Predictor | undefined
  let last: Promise<unknown> = Promise.resolve()

  const act = async (request: ModelRequest): Promise<ModelReply> => {
    const { n } = request
    try {
      if (request.type === 'load') {
        predict = await restore(request.bundle)
        return { type: 'loaded', n }
      }
      if (request.type === 'import')
        return { type: 'imported', n, ...(await importModel(request.files, request.naming, request.records)) }
      if (request.type === 'export')
        return { type: 'exported', n, ...(await exportModel(request.bundle, request.format)) }
      if (!predict) return { type: 'error', n, code: 'model', message: 'nothing is loaded yet' }
      const start = performance.now()
      const predictions = await predict(request.records)
      return { type: 'predictions', n, predictions, ms: performance.now() - start }
    } catch (error) {
      return { type: 'error', n, code: codeOf(error), message: messageOf(error) }
    }
  }
  return {
    answer(request) {
      const reply = last.then(() => act(request))
      last = reply
      return reply
    },
  }
}

/** Code of a cell refuses a record by an error with `status: 400` or `code: 'bad_record'`; so does a shape that no tensor has. */
function codeOf(error: unknown): 'bad_record' | 'model' {
  if (typeof error !== 'object' || error === null) return 'model'
  const { code, status } = error as { code?: unknown; status?: unknown }
  return code === 'bad_record' || status === 400 ? 'bad_record' : 'model'
}

const messageOf = (error: unknown) =>
  error instanceof Error ? (error.message || error.name).slice(0, 2000) : String(error).slice(0, 2000)
