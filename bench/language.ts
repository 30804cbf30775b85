import { cellIds, deleteCell, insertCell } from '../lib/notebook/document'
import type { Completions, ProblemsFound } from '../lib/protocol/language'
import { type OpenNotebook, openNotebook, type Person } from './client'
import { quantile } from './kit'

/** Types as a page meets them, in a notebook of 50 cells that use arquero and tfjs; nothing is run. */

const first = (rows: string) => `import * as aq from 'arquero'
import * as tf from '@tensorflow/tfjs-node'
import { display } from 'cellar'
const people = ${rows}`
const rows = "aq.table({ age: [37, 25], name: ['Ada', 'Bob'] })"

const others = Array.from({ length: 49 }, (_, i) =>
  i % 2
    ? `const model${i} = tf.tensor2d([[1, 2], [3, 4]]).matMul(tf.ones([2, 2])).sum()\nawait model${i}.data()`
    : `const adults${i} = people.derive({ next: (d) => d.age + ${i} }).filter((d) => d.next > 18)\ndisplay(adults${i}.count())`,
)

/**
 * Milliseconds from a keystroke to its completions, over 100 of them, half after a dot and half in a name; and from a
 * change of a type in the first cell to the problem that it makes in the third, of several the middle.
 */
export async function types(person: Person) {
  const notebook = await openNotebook(person)
  const { document, edit } = notebook
  for (const id of cellIds(document)) deleteCell(document, id)
  for (const [i, source] of [first(rows), ...others].entries()) insertCell(document, i, 'code', source)
  const ids = cellIds(document)
  await edit(ids[2]!, 'const total: number = people.numRows()')
  await complete(notebook, ids[3]!, 'people.')

  const completed: number[] = []
  for (const [i, text] of ['people.', 'tf.layers.', 'peop', 'displ', 'people.gro'].entries()) {
    for (let length = 1; length <= 20; length++) {
      const cellId = ids[5 + 5 * i]!
      const source = `${others[4 + 5 * i]}\n${'\n'.repeat(length % 2)}${text}`
      const began = performance.now()
      const { items } = await complete(notebook, cellId, source)
      completed.push(performance.now() - began)
      if (items.length === 0) throw new Error(`nothing was offered after: ${text}`)
    }
    await edit(ids[5 + 5 * i]!, others[4 + 5 * i]!)
  }

  const told: number[] = []
  for (let i = 0; i < 6; i++) {
    const wrong = i % 2 === 0
    const began = performance.now()
    const news = problemsOf(notebook, ids[2]!, (count) => count > 0 === wrong)
    await edit(ids[0]!, first(wrong ? '[37, 25]' : rows))
    await news
    told.push(performance.now() - began)
  }
  notebook.close()
  return {
    p50Ms: quantile(completed, 0.5),
    p95Ms: quantile(completed, 0.95),
    changeMs: quantile(told, 0.5),
    slowestChangeMs: quantile(told, 1),
  }
}

/** Types a cell's text and asks what could follow at its end. */
async function complete({ edit, ask }: OpenNotebook, cellId: string, source: string) {
  void edit(cellId, source)
  const lines = source.split('\n')
  const position = { line: lines.length - 1, character: lines.at(-1)!.length }
  const params = { cellId, source, position }
  return (await ask('notebook.ask', { method: 'language.complete', params })).result as Completions
}

/** Resolves once a cell has such a number of problems. */
function problemsOf({ socket }: OpenNotebook, cellId: string, is: (count: number) => boolean) {
  return new Promise<void>((resolve) => {
    const look = (cells: ProblemsFound['cells']) => {
      if (!cells.some((cell) => cell.cellId === cellId && is(cell.problems.length))) return
      socket.off('language.problems', look)
      resolve()
    }
    socket.on('language.problems', look)
  })
}
