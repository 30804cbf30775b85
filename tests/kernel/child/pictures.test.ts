import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { format } from '../../../kernel/child/format'
import { formatPicture } from '../../../kernel/child/format/image'
import { startKernel, type TestKernel } from '../../support/kernel'

/** The picture of a PNG that we wrote: its size, and each pixel as `r g b a`. */
function pixelsOf(bundle: Record<string, unknown>) {
  const png = Buffer.from(String(bundle['image/png']), 'base64')
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const size = png.readUInt32BE(33)
  const raw = inflateSync(png.subarray(41, 41 + size))
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) =>
      raw
        .subarray(1 + y * (1 + 4 * width) + 4 * x)
        .subarray(0, 4)
        .join(' '),
    ),
  )
  return { width, height, rows }
}
const once = { scale: 1 }

test.each<[string, unknown, string[][], string]>([
  [
    'numbers from 0 to 1 are shades of grey',
    { shape: [1, 2], data: [0, 0.5] },
    [['0 0 0 255', '128 128 128 255']],
    'picture, 2 × 1; black to white is 0 to 1',
  ],
  [
    'whole numbers up to 255 are bytes',
    [
      [0, 255],
      [51, 0],
    ],
    [
      ['0 0 0 255', '255 255 255 255'],
      ['51 51 51 255', '0 0 0 255'],
    ],
    'picture, 2 × 2; black to white is 0 to 255',
  ],
  [
    'other numbers reach from the least to the greatest',
    { shape: [1, 3], data: [-1, 0, 3] },
    [['0 0 0 255', '64 64 64 255', '255 255 255 255']],
    'picture, 3 × 1; black to white is -1 to 3',
  ],
  [
    'three channels are colours',
    { shape: [1, 1, 3], data: [1, 0, 0.2] },
    [['255 0 51 255']],
    'picture, 1 × 1 × 3; black to white is 0 to 1',
  ],
  [
    'four have an alpha',
    { shape: [1, 1, 4], data: Uint8Array.of(9, 8, 7, 6) },
    [['9 8 7 6']],
    'picture, 1 × 1 × 4; black to white is 0 to 255',
  ],
  [
    'a stack stands side by side, two pixels apart',
    { shape: [2, 1, 2], data: [0, 1, 1, 0] },
    [['0 0 0 255', '255 255 255 255', '0 0 0 0', '0 0 0 0', '255 255 255 255', '0 0 0 255']],
    '2 of 2 pictures, each 2 × 1; black to white is 0 to 1',
  ],
])('%s', (_, value, rows, text) => {
  const bundle = formatPicture(value, once)
  expect([pixelsOf(bundle).rows, bundle['text/plain']]).toEqual([rows, text])
})

test('a small picture is enlarged, and a stack of hundreds shows the first hundred', () => {
  const { width, height } = pixelsOf(formatPicture({ shape: [28, 28], data: new Float32Array(784) }))
  expect([width, height]).toEqual([140, 140])
  const stack = { shape: [300, 28, 28], data: new Uint8Array(300 * 784) }
  expect(formatPicture(stack)['text/plain']).toBe(
    '100 of 300 pictures, each 28 × 28; black to white is 0 to 255',
  )
})

test.each<[string, unknown, string]>([
  ['a vector', { shape: [3], data: [1, 2, 3] }, 'a stack of these: [3]'],
  ['five channels', { shape: [1, 1, 1, 5], data: [1, 2, 3, 4, 5] }, 'a stack of these: [1, 1, 1, 5]'],
  ['too few numbers', { shape: [2, 2], data: [1] }, 'a stack of these: [2, 2]'],
  ['nothing', { shape: [0, 2], data: [] }, 'a stack of these: [0, 2]'],
  ['bytes that are no image file', Uint8Array.of(1, 2), 'no picture can be made of this'],
  ['words', ['a'], 'no picture can be made of this'],
  ['a number', 3, 'no picture can be made of this'],
  [
    'a hundred million pixels',
    { shape: [10_000, 10_000], data: { length: 1e8 } },
    'too large: 10000 × 10000 pixels',
  ],
])('%s make no picture, by a sentence', (_, value, message) => {
  expect(() => formatPicture(value, { min: 0, max: 1 })).toThrow(message)
})

test('what looks like ImageData is a picture by itself', () => {
  const bundle = format({ width: 1, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 4) })
  expect([pixelsOf(bundle).rows, bundle['text/plain']]).toEqual([[['1 2 3 4']], 'picture, 1 × 1'])
})

let kernel: TestKernel
beforeAll(async () => {
  kernel = await startKernel()
})
afterAll(() => kernel.close())

test('display.image shows a tensor, and another one in its place', async () => {
  await kernel.run(
    "import { display, dataset } from 'cellar'\nimport * as tf from '@tensorflow/tfjs-node'",
    'import',
  )
  const shown = await kernel.run(
    'const d = display.image(tf.tensor2d([[0, 1]]), { scale: 1 }); d.update(tf.tensor2d([[1, 0]]))',
  )
  expect(shown.displays.map((data) => pixelsOf(data).rows)).toEqual([
    [['0 0 0 255', '255 255 255 255']],
    [['255 255 255 255', '0 0 0 255']],
  ])
  const digits = await kernel.run(
    "const { shape, data } = await dataset('mnist-t10k-images-idx3-ubyte.gz'); display.image({ shape: [10, 28, 28], data: data.slice(0, 7840) }, { columns: 10 })",
  )
  expect(digits.displays[0]?.['text/plain']).toBe(
    '10 of 10 pictures, each 28 × 28; black to white is 0 to 255',
  )
})

test('display.markdown shows Markdown', async () => {
  const { displays } = await kernel.run("display.markdown('# $x^2$')", 'markdown')
  expect(displays).toEqual([{ 'text/markdown': '# $x^2$', 'text/plain': '# $x^2$' }])
})
