import { expect, test } from 'vitest'
import { recognise } from '../../../../../kernel/serve/model/imported/recognise'

const files = (...named: (string | [string, string])[]) =>
  named.map((each) => {
    const [path, text] = typeof each === 'string' ? [each, ''] : each
    return { path, data: new Uint8Array(Buffer.from(text)) }
  })
const found = (...named: (string | [string, string])[]) => {
  const { format, files: own } = recognise(files(...named))
  return [format, ...own.map(({ path }) => path)]
}

test('knows a model by its files, and which of them are its own', () => {
  expect(found('readme.md', 'm/weights.bin', ['m/model.json', '{"format":"graph-model"}'])).toEqual([
    'tfjs-graph',
    'model.json',
    'weights.bin',
  ])
  expect(found(['net.json', '{"modelTopology":{"model_config":{}}}'], 'w.bin')).toEqual([
    'tfjs-layers',
    'net.json',
    'w.bin',
  ])
  expect(found('a/b/saved_model.pb', 'a/b/variables/variables.index', 'a/notes')).toEqual([
    'saved-model',
    'saved_model.pb',
    'variables/variables.index',
  ])
  expect(found('weights.data', 'net.onnx')).toEqual(['onnx', 'net.onnx', 'weights.data'])
})

const refused: [string, string, (string | [string, string])[]][] = [
  ['two models', 'there are several models, upload one at a time: a.onnx, b.onnx', ['a.onnx', 'b.onnx']],
  [
    'JSON that is no model',
    'the file is JSON, but no model of TensorFlow.js (it has no modelTopology): x.json',
    [['x.json', '{}']],
  ],
  ['no JSON', 'the file is not JSON, ', [['model.json', '{']]],
  [
    'a Keras file',
    "it is a Keras file; write it as a SavedModel with model.export('folder'): model.weights.h5",
    [['config.json', '{}'], 'model.weights.h5'],
  ],
  [
    'a PyTorch file',
    'it is a PyTorch file; write it as ONNX with torch.onnx.export: archive/data.pkl',
    ['archive/data.pkl'],
  ],
  [
    'a pickle',
    'it is a Python pickle, which would run any code; write it as ONNX with skl2onnx: m.joblib',
    ['m.joblib'],
  ],
  [
    'weights alone',
    'these are weights only; upload the model.json that belongs to them, too: w.bin',
    ['w.bin'],
  ],
  [
    'anything else',
    'no model was found, upload a model.json with its weights, a SavedModel as zip or tgz, or an ONNX file: a.txt',
    ['a.txt'],
  ],
]
test.each(refused)('says what to do with %s', (_title, message, named) => {
  expect(() => recognise(files(...named))).toThrow(message)
})
