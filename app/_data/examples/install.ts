import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { exampleDatasets } from '../../../drizzle/schema/datasets'
import type { DataContext } from '../context'
import { examples } from './examples'

/** Of how they are read: another number has them imported anew. */
const reading = 1

/** Imports the examples that this installation does not have yet, from the folder of their files. */
export async function installExamples(data: string, context: DataContext) {
  const { db, artifacts } = context.store
  const have = new Map((await db.select().from(exampleDatasets)).map((row) => [row.name, row]))
  for (const example of examples) {
    const files = example.files.map((file) => path.join(data, file))
    const source = await sourceOf(files)
    const row = have.get(example.name)
    if (row?.source === source && (await artifacts.has(row.base))) continue
    const imported = await context.duck.write((connection) => example.import(connection, files, context))
    const values = { ...imported, source, description: example.description }
    await db
      .insert(exampleDatasets)
      .values({ name: example.name, ...values })
      .onConflictDoUpdate({ target: exampleDatasets.name, set: values })
  }
}

async function sourceOf(files: string[]): Promise<string> {
  const hash = createHash('sha256').update(`${reading}\n`)
  for (const file of files) hash.update(await readFile(file))
  return hash.digest('hex')
}
