import type { ImportFormat } from '../../../../lib/protocol/imported-model'

/** Formats of models as people call them. */
export const formatNames: Record<ImportFormat, string> = {
  onnx: 'ONNX',
  'saved-model': 'TensorFlow SavedModel',
  'tfjs-layers': 'TensorFlow.js layers model',
  'tfjs-graph': 'TensorFlow.js graph model',
}
