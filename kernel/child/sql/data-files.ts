import { readdir } from 'node:fs/promises'
import path from 'node:path'

const readable = /\.(?:csv|tsv|parquet|json|jsonl|ndjson)(?:\.gz)?$/i
const deepest = 3

/** Files that a query can read, named as it names them: from the folders in which DuckDB looks, in order. */
export async function dataFiles(folders: readonly string[], most: number): Promise<string[]> {
  const found = new Set<string>()
  const walk = async (folder: string, prefix: string, depth: number): Promise<void> => {
    // A folder that is not there, or may not be read, has no files.
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
    entries.sort((a, b) => a.name.localeCompare(b.name))
    for (const entry of entries) {
      if (found.size >= most || entry.name.startsWith('.') || entry.name === 'node_modules') continue
      const name = prefix + entry.name
      if (entry.isDirectory() && depth < deepest)
        await walk(path.join(folder, entry.name), `${name}/`, depth + 1)
      else if (entry.isFile() && readable.test(name)) found.add(name)
    }
  }
  for (const folder of folders) await walk(folder, '', 1)
  return [...found]
}
