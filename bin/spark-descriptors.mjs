import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import protobuf from 'protobufjs'

/**
 * Writes `lib/spark/descriptors.json` from the `.proto` files in a Spark server's own jar, so that client and server
 * agree: node bin/spark-descriptors.mjs PYSPARK/jars/spark-connect_2.13-VERSION.jar
 */
const [, , jar] = process.argv
if (!jar) throw new Error('no jar given: jars/spark-connect_2.13-VERSION.jar of an installed pyspark')
const folder = mkdtempSync(path.join(tmpdir(), 'spark-protos-'))
try {
  execFileSync('unzip', ['-qo', jar, 'spark/connect/*.proto', '-d', folder])
  const root = new protobuf.Root()
  const own = root.resolvePath
  root.resolvePath = (origin, target) =>
    target.startsWith('spark/') ? path.join(folder, target) : own(origin, target)
  await root.load('spark/connect/base.proto', { keepCase: true, alternateCommentMode: false })
  root.resolveAll()
  const target = path.join(path.dirname(fileURLToPath(import.meta.url)), '../lib/spark/descriptors.json')
  const source = `${path.basename(jar)} of the PyPI package pyspark; Apache License 2.0; made by bin/spark-descriptors.mjs`
  writeFileSync(target, `${JSON.stringify({ source, ...root.toJSON({ keepComments: false }) })}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
