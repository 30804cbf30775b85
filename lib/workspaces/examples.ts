import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Cell } from '../notebook/document'
import { parsePercent } from '../notebook/percent'
import { titleOf } from '../notebooks/title'
import { type KernelEvent, kernelEvent } from '../protocol/events'

export type Example = {
  /** `iris-clusters.ts` */
  file: string
  text: string
  title: string
  cells: Cell[]
  /** What its cells said when it was run to be shown: it opens already rendered. */
  events: KernelEvent[]
}

/** The notebooks of a folder, with what is in `rendered/<name>.json` beside them. */
export async function readExamples(folder: string): Promise<Example[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort()
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(folder, file), 'utf8')
      const cells = parsePercent(text)
      const events = await readEvents(path.join(folder, 'rendered', file.replace(/\.ts$/, '.json')))
      return { file, text, title: titleOf(cells, file), cells, events }
    }),
  )
}

async function readEvents(file: string): Promise<KernelEvent[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]'
    throw error
  })
  // Its kernel's states are those of a kernel that is gone.
  return z
    .array(kernelEvent)
    .parse(JSON.parse(text))
    .filter(({ type }) => type !== 'status')
}
