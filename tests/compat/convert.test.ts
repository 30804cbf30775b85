import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { comparePredictions } from '../../kernel/serve/compare'
import { convertKeras } from '../../kernel/serve/convert/convert'
import { exportModel } from '../../kernel/serve/model/export/export-model'
import { exampleModels, inputsOf } from '../kernel/serve/model/export/models'
import { artifactsOf, bundleOf } from '../kernel/serve/model/export/support'
import { compatPython, runPython } from './python'

test('SavedModel and ONNX, written by Python’s converters, predict the same to 1e-5', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'convert-'))
  vi.stubEnv('CELLAR_PYTHON', await compatPython('keras.txt'))
  try {
    const [{ model }] = (await exampleModels()).filter(({ name }) => name === 'dense') as [
      Awaited<ReturnType<typeof exampleModels>>[number],
    ]
    const keras = await exportModel(bundleOf([await artifactsOf(model)]), 'keras')
    const place = { home: path.join(folder, 'secrets'), workDir: folder }
    const stages: string[] = []
    const stage = (each: string) => stages.push(each)
    const zipped = path.join(folder, 'model.zip')
    await writeFile(zipped, await convertKeras(place, keras.data, 'saved-model', stage))
    expect(stages).toEqual([
      'loads TensorFlow',
      'reads the model',
      'writes the SavedModel',
      'packs the files',
    ])
    const onnx = await convertKeras(place, keras.data, 'onnx', stage)
    const [input] = await inputsOf(model)
    const expected = (model.predict(input!) as { arraySync(): unknown }).arraySync()
    const answers = await runPython<{ saved_model: unknown }>(
      'load_saved_model.py',
      { file: zipped, input: input!.arraySync() },
      'keras.txt',
    )
    expect(comparePredictions(expected, answers.saved_model, 1e-5)).toEqual({
      maxDifference: expect.any(Number),
    })
    const { InferenceSession, Tensor } = await import('onnxruntime-node')
    const session = await InferenceSession.create(onnx)
    const feeds = {
      [session.inputNames[0]!]: new Tensor('float32', input!.dataSync() as Float32Array, input!.shape),
    }
    const result = (await session.run(feeds))[session.outputNames[0]!]!
    expect(
      comparePredictions((expected as number[][]).flat(), [...(result.data as Float32Array)], 1e-5),
    ).toEqual({ maxDifference: expect.any(Number) })
  } finally {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  }
}, 900_000)
