import { zipSync } from 'fflate'
import { openPromise } from 'yauzl'
import { workbook } from '../../../lib/protocol/limits'
import { Refused } from '../../../lib/refused'

/**
 * The parts of a workbook that hold text, in an archive that is made anew without compression. What the file says of its
 * own sizes is not believed: its reader would allocate as much, so parts are counted while they are unpacked.
 */
export async function unpacked(file: string, limits: { unpackedBytes: number; parts: number } = workbook) {
  const archive = await openPromise(file)
  const parts: Record<string, Uint8Array> = {}
  let [count, bytes] = [0, 0]
  try {
    for await (const entry of archive.eachEntry()) {
      if (++count > limits.parts)
        throw new Refused(
          413,
          'too_large',
          `a workbook may have ${limits.parts} parts at most; save its sheet as CSV`,
        )
      if (!/\.(xml|rels)$/i.test(entry.fileName)) continue
      const chunks: Buffer[] = []
      for await (const chunk of await archive.openReadStreamPromise(entry)) {
        bytes += (chunk as Buffer).length
        if (bytes > limits.unpackedBytes)
          throw new Refused(
            413,
            'too_large',
            `a workbook may have ${limits.unpackedBytes} bytes at most when it is unpacked; save its sheet as CSV`,
          )
        chunks.push(chunk as Buffer)
      }
      parts[entry.fileName] = Buffer.concat(chunks)
    }
  } finally {
    archive.close()
  }
  return Buffer.from(zipSync(parts, { level: 0 }))
}
