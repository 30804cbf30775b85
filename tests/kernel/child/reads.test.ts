import { expect, test } from 'vitest'
import { createReads } from '../../../kernel/child/reads'

const bytes = (text: string) => new TextEncoder().encode(text)

test('each file that a cell read is known by its bytes, the last reading of it', () => {
  const reads = createReads()
  reads.add('a', 'rows.csv', bytes('old'))
  reads.add('b', 'rows.csv', bytes('abc'))
  reads.add('a', 'rows.csv', bytes('abc'))
  const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect(reads.list()).toEqual([
    { cellId: 'b', name: 'rows.csv', bytes: 3, sha256 },
    { cellId: 'a', name: 'rows.csv', bytes: 3, sha256 },
  ])
})

test('a version of a data set is known by its hash', () => {
  const reads = createReads()
  const hash = 'a'.repeat(64)
  const versionId = '11111111-1111-4111-8111-111111111111'
  reads.addDataset('a', {
    versionId,
    name: 'iris',
    version: 3,
    hash,
    columns: [],
    rows: 150,
    file: 'x',
    bytes: 9,
  })
  expect(reads.list()).toEqual([
    { cellId: 'a', name: 'iris', bytes: 9, sha256: hash, dataset: { versionId, version: 3 } },
  ])
})
