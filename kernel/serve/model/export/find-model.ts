import { Deserializer } from 'node:v8'
import type { Bundle, ModelArtifacts } from '../../../../lib/protocol/bundle'
import { type ImportedModel, importedMark, isImported } from '../../../../lib/protocol/imported-model'
import { isTrained } from '../../../../lib/training/artifact'
import { allNodes } from '../decode'
import { tfjsArtifacts } from '../imported/tfjs'
import { ExportError } from './export-error'

/** A TensorFlow.js model as its own loader reads it. */
export type FoundModel = {
  kind: 'layers' | 'graph'
  artifacts: ModelArtifacts
  /** Its layers come from classes of the notebook. */
  custom: string[]
  /** Whether it is all that was promoted, or part of a function. */
  whole: boolean
}

/** The one TensorFlow.js model of an artifact. Throws `ExportError` where there is none, or more than one. */
export function findModel(artifact: Uint8Array): FoundModel {
  if (isImported(artifact)) return findImported(artifact)
  if (isTrained(artifact))
    throw new ExportError(
      'this version was trained from a data set and is no TensorFlow model: export its bundle, which holds it as JSON',
    )
  const bundle = read<Bundle>(artifact)
  const models = Array.from(allNodes(bundle)).filter(({ t }) => t === 'layers' || t === 'graph')
  const [model] = models
  if (!model || (model.t !== 'layers' && model.t !== 'graph'))
    throw new ExportError(
      'what was promoted holds no TensorFlow.js model: it is code, which only the bundle can carry',
    )
  if (models.length > 1)
    throw new ExportError(
      `what was promoted holds ${models.length} models: promote the one that is wanted by itself`,
    )
  return {
    kind: model.t,
    artifacts: model.artifacts,
    custom: model.t === 'layers' ? model.classes : [],
    whole: bundle.kind !== 'function',
  }
}

function findImported(artifact: Uint8Array): FoundModel {
  const { format, files } = read<ImportedModel>(artifact.subarray(importedMark.length))
  if (format !== 'tfjs-layers' && format !== 'tfjs-graph')
    throw new ExportError('it was uploaded as a model of another library: use the file that was uploaded')
  return {
    kind: format === 'tfjs-layers' ? 'layers' : 'graph',
    artifacts: tfjsArtifacts(files),
    custom: [],
    whole: true,
  }
}

function read<T>(bytes: Uint8Array): T {
  const deserializer = new Deserializer(bytes)
  deserializer.readHeader()
  return deserializer.readValue() as T
}
