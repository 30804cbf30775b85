import { expect, test } from 'vitest'
import { exportModel } from '../../../../../kernel/serve/model/export/export-model'
import { encodeTrained } from '../../../../../lib/training/artifact'

test('a trained model is refused as a TensorFlow file, and told where it is', async () => {
  const artifact = encodeTrained({
    format: 'cellar-trained-1',
    algorithm: 'kmeans',
    features: [{ column: 'x', encoding: 'number', type: 'number', missing: 0 }],
    scaling: null,
    target: null,
    predictor: { kind: 'clusters', centers: [[1]], distance: 'euclidean' },
  })
  await expect(exportModel(artifact, 'keras')).rejects.toThrow(
    'this version was trained from a data set and is no TensorFlow model: export its bundle, which holds it as JSON',
  )
})
