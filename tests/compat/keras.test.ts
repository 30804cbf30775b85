import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { comparePredictions } from '../../kernel/serve/compare'
import { exportModel } from '../../kernel/serve/model/export/export-model'
import { exampleModels, inputsOf } from '../kernel/serve/model/export/models'
import { artifactsOf, bundleOf } from '../kernel/serve/model/export/support'
import { runPython } from './python'

test('exported .keras files are loaded by Keras and predict the same to 1e-6', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'keras-'))
  try {
    const expected: Record<string, unknown> = {}
    const cases = []
    for (const { name, model } of await exampleModels()) {
      const file = path.join(folder, `${name}.keras`)
      const { data } = await exportModel(bundleOf([await artifactsOf(model)]), 'keras')
      await writeFile(file, data)
      const inputs = await inputsOf(model)
      const output = model.predict(inputs.length === 1 ? inputs[0]! : inputs) as { arraySync(): unknown }
      expected[name] = output.arraySync()
      cases.push({ name, file, inputs: inputs.map((tensor) => tensor.arraySync()) })
    }
    const list = path.join(folder, 'cases.json')
    await writeFile(list, JSON.stringify(cases))
    const answers = await runPython<Record<string, unknown>>('load_keras.py', { cases: list }, 'keras.txt')
    expect(Object.keys(answers)).toEqual(['dense', 'images', 'sequences', 'branches'])
    for (const [name, predictions] of Object.entries(answers))
      expect([name, comparePredictions(expected[name], predictions)]).toEqual([
        name,
        { maxDifference: expect.any(Number) },
      ])
  } finally {
    await rm(folder, { recursive: true })
  }
}, 600_000)
