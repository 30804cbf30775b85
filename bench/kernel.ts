import { readFileSync } from 'node:fs'
import * as Y from 'yjs'
import { cellIds, deleteCell, insertCell } from '../lib/notebook/document'
import { type OpenNotebook, openNotebook, type Person } from './client'

/** The kernel as a page meets it: every figure is taken over a real socket through the public port. */

const quantile = (sorted: number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]!
const sort = (values: number[]) => values.sort((a, b) => a - b)

/** Milliseconds from the request to a kernel that is idle, and to the answer of its first cell; each in a new notebook. */
export async function kernelStart(person: Person, times = 7) {
  const ready: number[] = []
  const answered: number[] = []
  for (let i = 0; i < times; i++) {
    const notebook = await openNotebook(person)
    const cell = await notebook.addCell('1 + 1')
    const began = performance.now()
    const idle = notebook.eventThat((event) => event.type === 'status' && event.state === 'idle')
    idle.then(() => ready.push(performance.now() - began))
    await notebook.execute(cell)
    answered.push(performance.now() - began)
    await idle
    await notebook.ask('kernel.stop', {})
    notebook.close()
  }
  return {
    readyMs: quantile(sort(ready), 0.5),
    readyMinMs: ready[0]!,
    firstAnswerMs: quantile(sort(answered), 0.5),
  }
}

/** Milliseconds from the request for `1+1` to the end of its execution, in a kernel that runs. */
export async function roundTrip(person: Person, times = 300) {
  const notebook = await openNotebook(person)
  const cell = await notebook.addCell('1+1')
  for (let i = 0; i < 50; i++) await notebook.execute(cell)
  const ms: number[] = []
  for (let i = 0; i < times; i++) {
    const began = performance.now()
    await notebook.execute(cell)
    ms.push(performance.now() - began)
  }
  await notebook.ask('kernel.stop', {})
  notebook.close()
  sort(ms)
  return { p50Ms: quantile(ms, 0.5), p99Ms: quantile(ms, 0.99) }
}

/** A million short lines: seconds until the cell's end is here, and whether the full log holds each of them. */
export async function millionLines(person: Person) {
  const notebook = await openNotebook(person)
  const cell = await notebook.addCell("for (let i = 0; i < 1_000_000; i++) console.log('line ' + i)")
  await notebook.execute(await notebook.addCell('1'))
  let messages = 0
  notebook.listeners.add(() => messages++)
  const began = performance.now()
  const state = await notebook.execute(cell, 120_000)
  const seconds = (performance.now() - began) / 1000
  const log = await person.request(`/api/notebooks/${notebook.notebookId}/log/${state.executionId}`)
  const text = await log.text()
  const lines = text.trimEnd().split('\n')
  const whole = lines.length === 1_000_000 && lines.at(-1) === 'line 999999'
  const [output] = state.outputs
  const shown = output?.output_type === 'stream' ? output.text.length + (output.tail?.length ?? 0) : 0
  await notebook.ask('kernel.stop', {})
  notebook.close()
  return { seconds, messages, shownBytes: shown, wholeLog: whole }
}

/** A string of 50 MB as a cell's value: seconds until its end is here. */
export async function largeValue(person: Person) {
  const notebook = await openNotebook(person)
  await notebook.execute(await notebook.addCell('1'))
  const cell = await notebook.addCell(`'x'.repeat(50_000_000)`)
  const began = performance.now()
  await notebook.execute(cell)
  const seconds = (performance.now() - began) / 1000
  await notebook.ask('kernel.stop', {})
  notebook.close()
  return { seconds }
}

/** A table of a million rows that exists already: milliseconds until its view is here. */
export async function millionRows(person: Person) {
  const notebook = await openNotebook(person)
  await notebook.execute(
    await notebook.addCell(`import * as aq from 'arquero'
const rows = aq.table({ id: Int32Array.from({ length: 1_000_000 }, (_, i) => i), x: Float64Array.from({ length: 1_000_000 }, Math.random) })
rows.numRows()`),
  )
  const cell = await notebook.addCell('rows')
  const began = performance.now()
  const state = await notebook.execute(cell)
  const ms = performance.now() - began
  const table = JSON.stringify(state.outputs).includes('vnd.cellar.table+json')
  await notebook.ask('kernel.stop', {})
  notebook.close()
  return { ms, table }
}

/** Resident MiB of an idle kernel (its child process, by its own account) and of the web process. */
export async function memory(person: Person, webPid: number) {
  const notebook: OpenNotebook = await openNotebook(person)
  await notebook.execute(await notebook.addCell('1 + 1'))
  const probe = await notebook.addCell('process.memoryUsage().rss')
  const state = await notebook.execute(probe)
  const [output] = state.outputs
  const rss = output?.output_type === 'execute_result' ? Number(output.data['text/plain']) : Number.NaN
  const web = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${webPid}/status`, 'utf8'))?.[1]) / 1024
  await notebook.ask('kernel.stop', {})
  notebook.close()
  return { kernelMiB: rss / 2 ** 20, webMiB: web }
}

/** Milliseconds from the request to run what is stale to the end of the last of 100 cells, each of which uses the one before. */
export async function staleChain(person: Person, times = 15) {
  const length = 100
  const notebook = await openNotebook(person)
  for (const id of cellIds(notebook.document)) deleteCell(notebook.document, id)
  const first = await notebook.addCell('const a0 = 0')
  for (let i = 1; i < length; i++)
    insertCell(notebook.document, i, 'code', `const a${i} = a${i - 1} + 1\na${i}`)
  const last = cellIds(notebook.document).at(-1)!
  await notebook.execute(last)
  const ms: number[] = []
  let messages = 0
  notebook.socket.on('kernel.events', () => messages++)
  for (let i = 1; i <= times; i++) {
    // What an edit sets going, such as a check of the types, is over when a person edits again.
    await new Promise((done) => setTimeout(done, 500))
    await notebook.edit(first, `const a0 = ${i}`)
    messages = 0
    const end = notebook.eventThat(
      (event) => event.type === 'execution' && event.cellId === last && event.state === 'done',
    )
    const began = performance.now()
    await notebook.ask('kernel.execute', {
      cellIds: [],
      plan: 'stale',
      stateVector: Y.encodeStateVector(notebook.document),
    })
    await end
    ms.push(performance.now() - began)
    const value = notebook.state().cells[last]!.outputs.at(-1)
    const text = value?.output_type === 'execute_result' ? value.data['text/plain'] : undefined
    if (text !== String(i + length - 1))
      throw new Error(`the chain ended with ${text}, not ${i + length - 1}`)
  }
  await notebook.ask('kernel.stop', {})
  notebook.close()
  return { p50Ms: quantile(sort(ms), 0.5), maxMs: ms.at(-1)!, messages }
}
