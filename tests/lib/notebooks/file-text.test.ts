import { expect, test } from 'vitest'
import { maxFileBytes, readFileText } from '../../../lib/notebooks/file-text'

async function* parts(...all: (string | number[])[]) {
  for (const part of all) yield typeof part === 'string' ? Buffer.from(part) : new Uint8Array(part)
}
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'read',
    ({ status, message }) => [status, message],
  )

test('a text is read in whatever parts it comes, its byte order mark stays', async () => {
  const [first, second] = [
    [0xef, 0xbb, 0xbf, 0xf0, 0x9f],
    [0x98, 0x80],
  ]
  expect(await readFileText('a.ts', parts(first, second, 'x'))).toBe('\uFEFF😀x')
  expect(await readFileText('a.ts', null)).toBe('')
})

test.each([
  ['Latin-1', [0x63, 0xe9], 'the file is not UTF-8 text; save it as UTF-8: a.ts'],
  ['UTF-16', [0xff, 0xfe, 0x61, 0], 'the file is written in UTF-16; save it as UTF-8: a.ts'],
  ['cut inside of a letter', [0x61, 0xf0, 0x9f], 'the file is not UTF-8 text; save it as UTF-8: a.ts'],
  ['binary', [0x61, 0], 'the file holds the character U+0000, at 1, and is no text; save it as UTF-8: a.ts'],
])('a file that is %s is refused with its name and the cause', async (_, bytes, message) => {
  expect(await refusal(readFileText('a.ts', parts(bytes)))).toEqual([422, message])
})

test('a file of 200 MB is refused by its announced size without reading it, or as soon as it is over', async () => {
  const tooLarge = [413, 'the file is larger than 50 MB; take large outputs out of it first: big.ipynb']
  let read = 0
  const megabyte = new Uint8Array(1_000_000)
  async function* endless() {
    for (; read < 200; read++) yield megabyte
  }
  expect(await refusal(readFileText('big.ipynb', endless(), 200_000_000))).toEqual(tooLarge)
  expect(read).toBe(0)
  expect(await refusal(readFileText('big.ipynb', endless()))).toEqual(tooLarge)
  expect(read).toBe(maxFileBytes / 1_000_000)
})
