import { afterEach, expect, test, vi } from 'vitest'
import { convertKeras } from '../../../../kernel/serve/convert/convert'
import { findPython } from '../../../../kernel/serve/convert/find-python'
import { lacking } from '../../../../lib/protocol/study'

afterEach(() => vi.unstubAllEnvs())

test('a machine without Python says so, and what to do', async () => {
  vi.stubEnv('CELLAR_PYTHON', '/nowhere/python3')
  expect(await findPython()).toBeUndefined()
  const place = { home: '/nowhere', workDir: '/nowhere' }
  await expect(convertKeras(place, new Uint8Array(), 'onnx', () => {})).rejects.toThrow(
    'there is no Python on the machine of the workers: install python3, or set CELLAR_PYTHON',
  )
})

const all = { python: '3.11.7', keras: '3.15.1', tensorflow: '2.21.0', tf2onnx: '1.17.0' }

test.each([
  ['onnx', all, null],
  ['saved-model', { ...all, tf2onnx: null }, null],
  [
    'onnx',
    { ...all, tf2onnx: null },
    "the machine's Python 3.11.7 lacks tf2onnx: python3 -m pip install tf2onnx",
  ],
  [
    'saved-model',
    { ...all, keras: null, tensorflow: null, tf2onnx: null },
    "the machine's Python 3.11.7 lacks keras and tensorflow: python3 -m pip install keras tensorflow",
  ],
] as const)('what Python lacks for %s is named: %j', (format, converters, expected) => {
  expect(lacking(converters, format)).toBe(expected)
})
