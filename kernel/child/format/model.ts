import type { ModelOutput } from '../../../lib/protocol/mime'
import { textTable } from './text-table'

/** The part of tfjs's `LayersModel` that is read here. */
export type LayersModel = {
  name: string
  layers: Layer[]
  countParams(): number
  predict: unknown
  trainableWeights?: { shape: number[] }[]
}
type Shape = (number | null)[]
type Layer = { name: string; getClassName(): string; outputShape: Shape | Shape[]; countParams(): number }

export function isLayersModel(value: object): value is LayersModel {
  const model = value as Partial<LayersModel>
  return (
    Array.isArray(model.layers) &&
    typeof model.countParams === 'function' &&
    typeof model.predict === 'function'
  )
}

export function formatModel(model: LayersModel): { output: ModelOutput; text: string } {
  const layers = model.layers.map((layer) => ({
    name: layer.name,
    type: layer.getClassName(),
    outputShape: shapeOf(layer),
    parameters: parametersOf(layer),
  }))
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0)
  const trainable = model.trainableWeights?.reduce(
    (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
    0,
  )
  const output = { name: model.name, parameters, trainable: trainable ?? parameters, layers }
  const rows = layers.map((layer) => [
    layer.name,
    layer.type,
    layer.outputShape.map((size) => size ?? '?').join('×'),
    layer.parameters,
  ])
  const text = textTable(['layer', 'type', 'output', 'parameters'], rows)
  return { output, text: `${model.name}: ${parameters.toLocaleString('en')} parameters\n${text}` }
}

function shapeOf(layer: Layer): Shape {
  try {
    const { outputShape } = layer
    return Array.isArray(outputShape[0]) ? outputShape[0] : (outputShape as Shape)
  } catch {
    // A layer used at several places has no single shape.
    return []
  }
}

function parametersOf(layer: Layer) {
  try {
    return layer.countParams()
  } catch {
    // Not built yet.
    return 0
  }
}
