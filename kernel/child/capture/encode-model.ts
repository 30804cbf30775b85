import type { Encoded, ModelArtifacts } from '../../../lib/protocol/bundle'
import type { GraphModelLike, LayersModelLike } from '../../../lib/protocol/model-kind'
import type { Encoder } from './encode'

/** tfjs-node's own, which lives in TensorFlow and keeps its files. */
export const isSavedModel = (value: object) => value.constructor?.name === 'TFSavedModel'

/** Topology and weights as tfjs writes them, without the optimizer: a prediction needs none. */
export async function encodeModel(
  encoder: Encoder,
  value: object,
  kind: 'layers' | 'graph',
  id: number,
  at: string,
): Promise<Encoded> {
  let saved: ModelArtifacts | undefined
  try {
    await (value as LayersModelLike | GraphModelLike).save({
      async save(artifacts) {
        saved = artifacts as ModelArtifacts
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } }
      },
    })
  } catch (cause) {
    return encoder.refuse(at, `is a model that cannot be saved: ${(cause as Error).message}`)
  }
  if (!saved?.modelTopology) return encoder.refuse(at, 'is a model that cannot be saved: it has no topology')
  const artifacts = plainArtifacts(saved)
  if (kind === 'graph') return { t: 'graph', id, artifacts }
  const classes = layerClasses(value as LayersModelLike, encoder)
  for (const name of classes) encoder.need(name)
  return { t: 'layers', id, classes, artifacts }
}

/** What loading reads. Weights may come in several buffers. */
function plainArtifacts(saved: ModelArtifacts): ModelArtifacts {
  const names = [
    'modelTopology',
    'weightSpecs',
    'weightData',
    'format',
    'generatedBy',
    'convertedBy',
    'signature',
    'userDefinedMetadata',
    'modelInitializer',
    'initializerSignature',
  ]
  return Object.fromEntries(
    names.filter((name) => saved[name] !== undefined).map((name) => [name, saved[name]]),
  )
}

/** Of models within models too. */
function layerClasses(model: LayersModelLike, encoder: Encoder, found = new Set<string>()): string[] {
  for (const layer of model.layers ?? []) {
    const name = encoder.classNameOf(layer.constructor)
    if (name) found.add(name)
    if ('layers' in layer) layerClasses(layer as LayersModelLike, encoder, found)
  }
  return [...found]
}
