import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { DuckDBConnection } from '@duckdb/node-api'
import { type IdxArray, readIdx } from '../../../lib/protocol/idx'
import type { DataContext } from '../context'
import { literal } from '../duck'
import { type WrittenBase, writeBase } from '../write-base'

/** MNIST's images and labels as rows of `label` and `pixels`. They go to DuckDB as JSON, which it reads on its own threads. */
export async function importMnist(
  connection: DuckDBConnection,
  files: string[],
  context: DataContext,
): Promise<WrittenBase> {
  const [images, labels] = (await Promise.all(files.map(readIdxFile))) as [IdxArray, IdxArray]
  const file = path.join(context.folder.work, 'mnist.ndjson')
  await mkdir(context.folder.work, { recursive: true, mode: 0o700 })
  try {
    await pipeline(Readable.from(lines(images, labels)), createWriteStream(file, { mode: 0o600 }))
    return await writeBase(
      connection,
      `SELECT * FROM read_json(${literal(file)}, format = 'newline_delimited',
                               columns = { label: 'BIGINT', pixels: 'DOUBLE[]' })`,
      [
        { name: 'label', type: 'integer' },
        { name: 'pixels', type: 'numbers' },
      ],
      context,
      { shapes: { pixels: images.shape.slice(1) } },
    )
  } finally {
    await rm(file, { force: true })
  }
}

function* lines({ shape, data }: IdxArray, labels: IdxArray) {
  const [count = 0, ...sizes] = shape
  const size = sizes.reduce((a, b) => a * b, 1)
  for (let i = 0; i < count; i++) {
    const pixels = data.subarray(i * size, (i + 1) * size)
    yield `{"label":${labels.data[i]},"pixels":[${pixels.join(',')}]}\n`
  }
}

const readIdxFile = async (file: string) => readIdx(await promisify(gunzip)(await readFile(file)))
