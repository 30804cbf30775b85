import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runHeadless } from '../../kernel/host/headless'
import { createPrinter } from '../../kernel/host/print'
import { cellarHome, findRoot } from '../../lib/config'
import { openPinned } from '../../lib/datasets/checkout/open-pinned'
import { formatIpynb, parseIpynb } from '../../lib/notebook/ipynb'
import { parsePercentFile } from '../../lib/notebook/percent-file'
import type { KernelEvent } from '../../lib/protocol/events'
import { prepareTensorflow } from './prepare-tensorflow'

const usage = 'usage: cellar run FILE [--page-order] [--ipynb OUT.ipynb] [--events OUT.json]'

/** Runs a notebook file without a page and prints its text outputs; 1 when a cell fails. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'page-order': { type: 'boolean' },
      ipynb: { type: 'string' },
      events: { type: 'string' },
    },
  })
  const [name] = positionals
  if (!name || positionals.length > 1) {
    console.error(usage)
    return 2
  }
  const file = resolve(name)
  if (!existsSync(file)) throw new Error(`no such notebook: ${name}`)
  const text = readFileSync(file, 'utf8')
  const content = file.endsWith('.ipynb') ? parseIpynb(text) : parsePercentFile(text)
  const { cells, environment, reactivity } = content
  const root = findRoot()
  const backend = await prepareTensorflow(root)

  const events: KernelEvent[] = []
  const printer = createPrinter(
    (out) => process.stdout.write(out),
    (err) => process.stderr.write(err),
  )
  const pinned = openPinned(dirname(file))
  const interrupt = new AbortController()
  const stop = () => interrupt.abort()
  process.on('SIGINT', stop)
  const { ok, state } = await runHeadless({
    file,
    cells,
    inPageOrder: values['page-order'] ?? reactivity === 'off',
    environment,
    root,
    home: cellarHome(),
    backend,
    dataset: pinned.open,
    readOnly: pinned.folders,
    signal: interrupt.signal,
    onEvent(event) {
      if (values.events) events.push(event)
      printer(event)
    },
    onPromotion: ({ endpoint }, bundle) =>
      console.log(
        `promote ${endpoint}: captured ${bundle.length.toLocaleString('en')} bytes; skipped, it needs a running Cellar`,
      ),
    onSave: (name) => console.log(`saveDataset ${name}: skipped, it needs a running Cellar`),
    onArtifact: ({ name }, bytes) =>
      console.log(
        `artifact ${name}: ${bytes.length.toLocaleString('en')} bytes; skipped, it needs a running Cellar`,
      ),
  })
  process.off('SIGINT', stop)
  if (values.ipynb) writeFileSync(values.ipynb, formatIpynb(content, state))
  if (values.events) writeFileSync(values.events, `${JSON.stringify(events)}\n`)
  return interrupt.signal.aborted ? 130 : ok ? 0 : 1
}
