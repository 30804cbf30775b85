import type { ExportedModel, ModelFormat } from '../../../../lib/protocol/study'
import { findModel } from './find-model'
import { writeKeras } from './keras'
import { writeTfjs } from './tfjs'

const writers: Record<ModelFormat, (model: ReturnType<typeof findModel>) => Promise<Uint8Array>> = {
  tfjs: writeTfjs,
  keras: writeKeras,
}

/** Writes the model of an artifact as a file of another format. Throws `ExportError` where that cannot be exact. */
export async function exportModel(artifact: Uint8Array, format: ModelFormat): Promise<ExportedModel> {
  const model = findModel(artifact)
  const note = model.whole
    ? null
    : 'the model alone: what the promoted function does before and after it is in the bundle only'
  return { data: await writers[format](model), note }
}
