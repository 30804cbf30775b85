import { readFileSync } from 'node:fs'
import type { Person } from './client'
import type { Figure } from './kit'
import { load } from './load'
import { endpoint, promoteDense, record } from './predict'

const rows = 1_000_000
const sample = 500

/**
 * A file of a million rows through the model, from its first byte to its last prediction on the disk; how long requests
 * take that come meanwhile; and what the process that reads the file holds.
 */
export async function batch(person: Person, jobsPid: number | undefined): Promise<Figure[]> {
  const token = await promoteDense(person)
  const { origin } = person
  const headers = { authorization: `Bearer ${token}` }
  const path = `/api/v1/${endpoint}/predict`
  const common = { origin, path, headers, body: JSON.stringify(record), clients: 1 }
  const alone = await load({ ...common, seconds: 5 })

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
  let most = 0
  for (;;) {
    most = Math.max(most, memoryOf(jobsPid))
    const { status, rows: done } = await standing(`${origin}/api/v1/${endpoint}/jobs/${job.id}`, headers)
    if (status === 'done' && done.failed === 0 && done.done === rows) break
    if (status !== 'queued' && status !== 'running') throw new Error(`the batch ended as ${status}`)
    await new Promise((later) => setTimeout(later, sample))
  }
  const seconds = (performance.now() - began) / 1000
  const { p50Ms, p99Ms } = await beside
  return [
    { name: 'batch of a million rows', value: seconds, unit: 's' },
    { name: 'its file sent and checked', value: sentMs / 1000, unit: 's' },
    { name: 'rows', value: rows / seconds, unit: '/s' },
    { name: 'predict alone, p50', value: alone.p50Ms, unit: 'ms' },
    { name: 'predict beside a batch, p50', value: p50Ms, unit: 'ms' },
    { name: 'predict beside a batch, p99', value: p99Ms, unit: 'ms', bar: { atMost: 100 } },
    { name: 'memory of the jobs process, most', value: most / 2 ** 20, unit: 'MiB', bar: { atMost: 300 } },
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

/** Resident bytes of a process; 0 where that cannot be told. */
function memoryOf(pid: number | undefined) {
  try {
    return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
