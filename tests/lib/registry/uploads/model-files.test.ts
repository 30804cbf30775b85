import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ArtifactStore, localArtifacts } from '../../../../lib/artifacts'
import { receiveModelFiles } from '../../../../lib/registry/uploads/model-files'

let folder: string
let store: ArtifactStore
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'uploads-'))
  store = localArtifacts(folder)
})
afterAll(() => rm(folder, { recursive: true }))

const form = (...files: [string, string][]) => {
  const data = new FormData()
  for (const [name, text] of files) data.append('file', new Blob([text]), name)
  return new Response(data)
}
const limits = { bytes: 1000, files: 2 }

test('files are stored as they are, with their names and folders', async () => {
  const files = await receiveModelFiles(form(['net/model.json', '{}'], ['w.bin', 'abc']), store, limits)
  expect(files.map(({ name, bytes }) => ({ name, bytes }))).toEqual([
    { name: 'net/model.json', bytes: 2 },
    { name: 'w.bin', bytes: 3 },
  ])
  expect(Buffer.from(await store.get(files[1]!.artifact)).toString()).toBe('abc')
})

test.each([
  [
    'too many files',
    form(['a', '1'], ['b', '2'], ['c', '3']),
    413,
    'there are more than 2 files; pack them as a zip or tgz',
  ],
  [
    'too many bytes together',
    form(['a', 'x'.repeat(600)], ['b', 'x'.repeat(600)]),
    413,
    'the files are larger than 0 MiB together; pack them as a zip or tgz',
  ],
  ['no file', form(), 400, 'the form holds no file; send each in a field called file'],
  [
    'another type',
    new Response('{}', { headers: { 'content-type': 'application/json' } }),
    415,
    'send the files as multipart/form-data, each in a field called file',
  ],
])('refuses %s', async (_title, request, status, message) => {
  await expect(receiveModelFiles(request, store, limits)).rejects.toMatchObject({ status, message })
})

test('refuses by the announced length before anything is read', async () => {
  const request = form(['a', '1'])
  request.headers.set('content-length', '1000000')
  await expect(receiveModelFiles(request, store, limits)).rejects.toMatchObject({ status: 413 })
  expect(request.bodyUsed).toBe(false)
})

test('refuses a body that breaks off', async () => {
  const whole = form(['a', '12345'])
  const bytes = Buffer.from(await whole.clone().arrayBuffer())
  const cut = new Response(bytes.subarray(0, bytes.length - 20), { headers: whole.headers })
  await expect(receiveModelFiles(cut, store, limits)).rejects.toMatchObject({
    status: 400,
    code: 'cut_short',
  })
})
