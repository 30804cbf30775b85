import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { openDuck, readAll } from '../../../app/_data/duck'

const memoryOf = async (connection: DuckDBConnection) =>
  (await readAll(connection, "SELECT current_setting('memory_limit')"))[0]![0]

test('what does not fit into memory is done again with more of it, and fails as it is otherwise', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cellar-duck-'))
  const duck = await openDuck({ folders: [folder], temporary: folder })
  const given: unknown[] = []
  const work = (message: string) => async (connection: DuckDBConnection) => {
    given.push(await memoryOf(connection))
    if (given.length === 1) throw new Error(message)
    return 'done'
  }
  expect(await duck.write(work('Out of Memory Error: failed to pin block of size 256.0 KiB'))).toBe('done')
  expect(given.splice(0)).toEqual(['192.0 MiB', '512.0 MiB'])
  await expect(duck.write(work('Conversion Error: no number'))).rejects.toThrow('Conversion Error: no number')
  expect(given).toEqual(['192.0 MiB'])
  duck.close()
  await rm(folder, { recursive: true })
})

test('what writes files has one thread: several hold several groups of rows', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cellar-duck-'))
  const duck = await openDuck({ folders: [folder], temporary: folder })
  const threads = async (connection: DuckDBConnection) =>
    Number((await readAll(connection, "SELECT current_setting('threads')"))[0]![0])
  expect(await duck.write(threads)).toBe(1)
  duck.close()
  await rm(folder, { recursive: true })
})
