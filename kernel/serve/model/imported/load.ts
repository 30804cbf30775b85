import { Deserializer, Serializer } from 'node:v8'
import {
  type ImportedModel,
  type ImportFormat,
  importedMark,
  type ModelFile,
} from '../../../../lib/protocol/imported-model'
import type { Predictor } from '../../../../lib/protocol/predictor'
import { loadOnnx } from './onnx'
import { importedPredictor } from './predictor'
import { loadSavedModel } from './saved-model'
import type { Runner } from './tensor'
import { loadTfjs } from './tfjs'

/** Loads a model with the library of its format. */
export async function loadRunner(format: ImportFormat, files: ModelFile[]): Promise<Runner> {
  switch (format) {
    case 'onnx':
      return loadOnnx(files)
    case 'saved-model':
      return loadSavedModel(files)
    case 'tfjs-layers':
    case 'tfjs-graph':
      return loadTfjs(format, files)
  }
}

/** A model as an artifact holds it, without its mark. */
export function encodeImported(model: ImportedModel): Uint8Array {
  const serializer = new Serializer()
  serializer.writeHeader()
  serializer.writeValue(model)
  return serializer.releaseBuffer()
}

/** The model of an artifact with the mark of imported ones, ready to predict. */
export async function restoreImported(artifact: Uint8Array): Promise<Predictor> {
  const deserializer = new Deserializer(artifact.subarray(importedMark.length))
  deserializer.readHeader()
  const { format, files, signature } = deserializer.readValue() as ImportedModel
  return importedPredictor(await loadRunner(format, files), signature)
}
