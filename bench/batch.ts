import type { Person } from './client'
import type { Figure } from './kit'
import { load } from './load'
import { endpoint, promoteDense, record } from './predict'
import { peakOf, residentMiB } from './resident'

const rows = 1_000_000
const sample = 500

/**
 * A file of a million rows through the model, from its first byte to its last prediction on the disk; how long requests
 * take that come meanwhile; and what the processes hold that it goes through.
 */
export async function batch(person: Person, pids: Record<string, number>): Promise<Figure[]> {
  const token = await promoteDense(person)
  const { origin } = person
  const headers = { authorization: `Bearer ${token}` }
  const path = `/api/v1/${endpoint}/predict`
  const common = { origin, path, headers, body: JSON.stringify(record), clients: 1 }
  const alone = await load({ ...common, seconds: 5 })

  const before = { web: await residentMiB(pids.web), worker: await residentMiB(pids.worker) }
  const peaks = { web: peakOf(pids.web), jobs: peakOf(pids.jobs), worker: peakOf(pids.worker) }
  const began = performance.now()
  const answer = await fetch(`${origin}/api/v1/${endpoint}/jobs?format=ndjson`, {
    method: 'POST',
    headers,
    body: file(),
    duplex: 'half',
  } as RequestInit)
  if (answer.status !== 202) throw new Error(`the file was refused: ${await answer.text()}`)
  const sentMs = performance.now() - began
  const { job } = (await answer.json()) as { job: { id: string } }

  const beside = load({ ...common, seconds: 10 })
  for (;;) {
    const { status, rows: done } = await standing(`${origin}/api/v1/${endpoint}/jobs/${job.id}`, headers)
    if (status === 'done' && done.failed === 0 && done.done === rows) break
    if (status !== 'queued' && status !== 'running') throw new Error(`the batch ended as ${status}`)
    await new Promise((later) => setTimeout(later, sample))
  }
  const seconds = (performance.now() - began) / 1000
  const most = { web: peaks.web(), jobs: peaks.jobs(), worker: peaks.worker() }
  const { p50Ms, p99Ms } = await beside
  const grown = (name: 'web' | 'worker'): Figure => ({
    name: `memory of the ${name} process, most more than before`,
    value: most[name] - before[name],
    unit: 'MiB',
    bar: { atMost: 100 },
  })
  return [
    { name: 'batch of a million rows', value: seconds, unit: 's' },
    { name: 'its file sent and checked', value: sentMs / 1000, unit: 's' },
    { name: 'rows', value: rows / seconds, unit: '/s' },
    { name: 'predict alone, p50', value: alone.p50Ms, unit: 'ms' },
    { name: 'predict beside a batch, p50', value: p50Ms, unit: 'ms' },
    { name: 'predict beside a batch, p99', value: p99Ms, unit: 'ms', bar: { atMost: 100 } },
    { name: 'memory of the jobs process, most', value: most.jobs, unit: 'MiB', bar: { atMost: 300 } },
    grown('web'),
    grown('worker'),
  ]
}

async function standing(url: string, headers: Record<string, string>) {
  const { job } = (await (await fetch(url, { headers })).json()) as {
    job: { status: string; rows: { done: number; failed: number } }
  }
  return job
}

/** The rows as NDJSON, in pieces of a thousand. */
function file(): ReadableStream<Uint8Array> {
  let row = 0
  return new ReadableStream({
    pull(controller) {
      if (row === rows) return controller.close()
      let text = ''
      for (const end = row + 1000; row < end; row++)
        text += `${JSON.stringify(record.map((x) => x + (row % 97) / 100))}\n`
      controller.enqueue(Buffer.from(text))
    },
  })
}
