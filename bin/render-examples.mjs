// Runs each example notebook and keeps what its cells said in notebooks/rendered/, so that a new person's examples open
// already rendered. Run it after an example has changed: node bin/render-examples.mjs
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const folder = path.join(root, 'notebooks')
const temporary = mkdtempSync(path.join(tmpdir(), 'cellar-render-'))
mkdirSync(path.join(folder, 'rendered'), { recursive: true })
try {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
    const out = path.join(temporary, 'events.json')
    execFileSync(
      process.execPath,
      [path.join(root, 'bin/cellar'), 'run', path.join(folder, file), '--events', out],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    )
    const events = settle(JSON.parse(readFileSync(out, 'utf8')))
    const rendered = path.join(folder, 'rendered', file.replace(/\.ts$/, '.json'))
    writeFileSync(rendered, `[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]\n`)
  }
} finally {
  rmSync(temporary, { recursive: true, force: true })
}

/** Each display in its last form; without the kernel's states, and without cells that promote: nothing was promoted. */
function settle(events) {
  const last = new Map()
  for (const event of events) {
    if (event.type === 'update_display_data') last.set(event.displayId, event)
  }
  const promoting = new Set(
    events
      .filter(({ data }) => data && 'application/vnd.cellar.endpoint+json' in data)
      .map(({ cellId }) => cellId),
  )
  return (
    events
      .filter(
        ({ type, cellId }) => type !== 'status' && type !== 'update_display_data' && !promoting.has(cellId),
      )
      .filter(({ type, state }) => type !== 'execution' || state !== 'queued')
      .map((event) => {
        const update = event.type === 'display_data' && last.get(event.displayId)
        return update ? { ...event, data: update.data, metadata: update.metadata } : event
      })
      // Epoch 0 is before any kernel of the notebook itself.
      .map((event, i) => ({ ...event, epoch: 0, seq: i + 1 }))
  )
}
