/** Reads a Parquet file's columns: arrays by name, all of one length. Throws with what is wrong with the file. */
export async function readParquet(bytes: Uint8Array): Promise<Record<string, ArrayLike<unknown>>> {
  checkEnds(bytes)
  // Loaded when first needed: most kernels never read one.
  const [{ parquetMetadataAsync, parquetRead, parquetSchema }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ])
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  try {
    const metadata = await parquetMetadataAsync(file)
    const rows = Number(metadata.num_rows)
    const names = parquetSchema(metadata).children.map(({ element }) => element.name)
    const columns = Object.fromEntries(names.map((name) => [name, new Array<unknown>(rows).fill(null)]))
    await parquetRead({
      file,
      metadata,
      compressors,
      onChunk({ columnName, columnData, rowStart }) {
        const column = columns[columnName]!
        for (let i = 0; i < columnData.length && rowStart + i < rows; i++)
          column[rowStart + i] = columnData[i]
      },
    })
    return columns
  } catch (cause) {
    throw new Error(`this Parquet file is damaged: ${(cause as Error).message}`, { cause })
  }
}

const magic = 'PAR1'
const footerBytes = 8

/** A file that was cut short begins well and lacks the end, which says where everything is. */
function checkEnds(bytes: Uint8Array) {
  const text = (from: number) => Buffer.from(bytes.subarray(from, from + magic.length)).toString('latin1')
  if (bytes.length < footerBytes + magic.length || text(0) !== magic)
    throw new Error('this is not a Parquet file: it does not begin with PAR1')
  if (text(bytes.length - magic.length) !== magic)
    throw new Error('this Parquet file was cut short: its end is missing')
}
