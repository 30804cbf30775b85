import { expect, test } from 'vitest'
import { comparePredictions } from '../../../../../kernel/serve/compare'
import { importModel } from '../../../../../kernel/serve/model/imported/import'
import { restoreImported } from '../../../../../kernel/serve/model/imported/load'
import { type ImportNaming, importedMark } from '../../../../../lib/protocol/imported-model'
import { expected, file, graphModel } from './support'

const asIs: ImportNaming = { inputs: {}, outputs: {} }

/** As a later process loads it. */
const reload = (model: Uint8Array) => restoreImported(Buffer.concat([importedMark, model]))

test('an ONNX file of scikit-learn answers what scikit-learn does, and learns its fields from its signature', async () => {
  const { report, model } = await importModel([file('iris.onnx')], asIs, expected.iris.records)
  expect({ ...report, predictions: null, environment: Object.keys(report.environment) }).toEqual({
    format: 'onnx',
    files: [{ path: 'iris.onnx', bytes: 528 }],
    signature: {
      inputs: [
        { name: 'flower', type: 'float32', shape: [4], field: 'flower', scalar: false, columns: null },
      ],
      outputs: [
        { name: 'label', type: 'int64', shape: [], field: 'label', scalar: true, columns: null },
        {
          name: 'probabilities',
          type: 'float32',
          shape: [3],
          field: 'probabilities',
          scalar: false,
          columns: null,
        },
      ],
      batching: 'stacked',
    },
    schema: {
      input: { type: 'tensor', shape: [4] },
      output: {
        type: 'object',
        fields: { label: { type: 'number', integer: true }, probabilities: { type: 'tensor', shape: [3] } },
      },
    },
    records: expected.iris.records,
    predictions: null,
    problem: null,
    notes: [],
    environment: ['node', 'onnxruntime-node'],
  })
  const predictions = (await (
    await reload(model)
  )(expected.iris.records)) as {
    label: number
    probabilities: number[]
  }[]
  // Together here, alone there: sums of another order.
  expect(comparePredictions(report.predictions, predictions)).toEqual({ maxDifference: expect.any(Number) })
  expect(predictions.map(({ label }) => label)).toEqual(expected.iris.label)
  for (const [i, { probabilities }] of predictions.entries())
    for (const [k, value] of probabilities.entries())
      expect(value).toBeCloseTo(expected.iris.probabilities[i]![k]!, 5)
})

test('a list of numbers gets a name for each, and outputs get others', async () => {
  const columns = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width']
  const naming = { inputs: {}, outputs: { label: 'species' }, columns }
  const record = Object.fromEntries(columns.map((name, i) => [name, expected.iris.records[1]![i]]))
  const { report, model } = await importModel([file('iris.onnx')], naming, [record])
  expect(report.schema.input).toEqual({
    type: 'object',
    fields: Object.fromEntries(columns.map((name) => [name, { type: 'number' }])),
  })
  expect(await (await reload(model))([record])).toEqual(report.predictions)
  expect((report.predictions![0] as { species: number }).species).toBe(1)
})

test('columns of a pipeline, numbers and texts, are fields of a record', async () => {
  const { report } = await importModel([file('colours.onnx')], asIs, expected.colours.records)
  expect(report.schema.input).toEqual({
    type: 'object',
    fields: { size: { type: 'number' }, colour: { type: 'string' } },
  })
  const probabilities = report.predictions!.map(
    (each) => (each as { probabilities: number[] }).probabilities[1]!,
  )
  expect(probabilities.map((p) => p.toFixed(5))).toEqual(
    expected.colours.probabilities.map(([, p]) => p!.toFixed(5)),
  )
})

test('an output that is no tensor is left out, and the report says so', async () => {
  const { report } = await importModel([file('iris-zipmap.onnx')], asIs, expected.iris.records)
  expect(report.predictions).toEqual(expected.iris.label)
  expect(report.notes).toEqual([
    'The output output_probability is no tensor and is left out. A model of scikit-learn gives it as one when it is written with zipmap=False.',
  ])
})

test.each(['scorer.zip', 'scorer.tgz'])('a SavedModel in %s answers what TensorFlow does', async (name) => {
  const { report, model } = await importModel([file(name)], asIs, expected.scorer.records)
  expect(report.schema).toEqual({
    input: {
      type: 'object',
      fields: { features: { type: 'tensor', shape: [4] }, shop: { type: 'number', integer: true } },
    },
    output: {
      type: 'object',
      fields: { score: { type: 'number' }, shop_next: { type: 'number', integer: true } },
    },
  })
  const { score, shop_next } = expected.scorer
  const answers = score.map((_, i) => ({ score: score[i], shop_next: shop_next[i] }))
  expect(report.predictions).toEqual(answers)
  expect(await (await reload(model))(expected.scorer.records)).toEqual(answers)
})

test('a graph model of TensorFlow.js is put together of its shards, and a record is made for it', async () => {
  const { report, model } = await importModel(graphModel(), asIs, null)
  expect(report.format).toBe('tfjs-graph')
  const [record] = report.records as number[][]
  const single = Float32Array.from(record!)
  expect(report.predictions).toEqual([Array.from(single, (x, i) => Math.fround(x + i + 1))])
  expect(
    await (await reload(model))([
      [0, 0, 0],
      [1, 1, 1],
    ]),
  ).toEqual([
    [1, 2, 3],
    [2, 3, 4],
  ])
})

test('a missing shard is named', async () => {
  const [json, , second] = graphModel()
  await expect(importModel([json!, second!], asIs, null)).rejects.toThrow(
    'model.json names a file of weights that is missing, add it: group1-shard1of2.bin',
  )
})

test('a broken file is named with what the library says', async () => {
  const broken = { path: 'cut.onnx', data: file('iris.onnx').data.subarray(0, 300) }
  await expect(importModel([broken], asIs, null)).rejects.toThrow(
    /ONNX Runtime cannot load it, .*: cut\.onnx$/,
  )
})

test('an example that does not fit is no reason to refuse the model', async () => {
  const { report } = await importModel([file('iris.onnx')], asIs, [[1, 2, 3]])
  expect([report.predictions, report.problem]).toEqual([
    null,
    'example 0 does not fit the model: expected numbers of shape [4], got shape [3]',
  ])
})

test('a value that no tensor of the input can hold is the caller’s mistake', async () => {
  const { model } = await importModel([file('scorer.tgz')], asIs, expected.scorer.records)
  const predict = await reload(model)
  await expect(predict([{ features: [1, 2, 3, 4], shop: 1.5 }])).rejects.toMatchObject({
    code: 'bad_record',
    message: 'shop: expected an integer from -9007199254740991 to 9007199254740991, got 1.5',
  })
})
