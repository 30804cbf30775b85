import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadState } from '../../../lib/kernels/load'
import { insertCell, toCells } from '../../../lib/notebook/document'
import { createNotebook } from '../../../lib/notebooks/create'
import { loadDocument } from '../../../lib/notebooks/updates'
import { registerMachine } from '../../../lib/stack/machine'
import { root } from '../../support/paths'
import { addPerson, installation, type Person } from '../../support/people'
import { connectHost, openPage } from '../../support/web'

let at: Awaited<ReturnType<typeof installation>>
let owner: Person
// In the checkout, so that packages resolve.
const script = path.join(root, 'dist', `test-web-${process.pid}.mjs`)
let child: ChildProcess | undefined

beforeAll(async () => {
  at = await installation()
  owner = await addPerson(at.db, 'owner')
  await registerMachine(at.config.databaseUrl, at.config.machineToken)
  await build({
    entryPoints: [path.join(root, 'tests/app/server/fixtures/web.ts')],
    outfile: script,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  })
})
afterAll(async () => {
  child?.kill('SIGKILL')
  await rm(script, { force: true })
  await at.close()
})

async function start() {
  child = fork(script, { stdio: 'inherit', env: { ...process.env, CELLAR_HOME: at.config.home } })
  const [{ origin }] = (await once(child, 'message')) as [{ origin: string }]
  return { child, origin }
}

test('what was acknowledged before a kill -9 is there after it: edits and events', async () => {
  const { id } = await createNotebook({ workspaceId: owner.workspaceId, userId: owner.id }, at.db)
  const acknowledged: string[] = []
  let acknowledgedSeq = 0
  for (let round = 0; round < 5; round++) {
    const { child, origin } = await start()
    let alive = true
    const gone = once(child, 'exit').then(() => {
      alive = false
    })
    const writers = await Promise.all([1, 2, 3].map(() => openPage(origin, owner.cookie, id)))
    const host = await connectHost(origin, at.config.machineToken)
    const writing = writers.map(async ({ edit }, writer) => {
      for (let i = 0; alive; i++) {
        const text = `round ${round} writer ${writer} edit ${i}`
        const saved = edit((document) => insertCell(document, 0, 'code', text))
        if (!(await Promise.race([saved.then(() => true), gone.then(() => false)]).catch(() => false))) return
        acknowledged.push(text)
      }
    })
    const sending = (async () => {
      for (let seq = acknowledgedSeq + 1; alive; seq++) {
        const event = {
          type: 'stream' as const,
          cellId: 'a',
          executionId: 'a1',
          name: 'stdout' as const,
          text: `${seq}\n`,
        }
        const sent = host.send(id, [{ ...event, epoch: 1, seq, at: seq }])
        const answer = await Promise.race([sent, gone.then(() => undefined)]).catch(() => undefined)
        if (!answer?.ok) return
        acknowledgedSeq = seq
      }
    })()
    // The moment of the kill is to be any.
    const least = acknowledged.length + 30 + round * 7
    while (acknowledged.length < least) await new Promise((resolve) => setImmediate(resolve))
    child.kill('SIGKILL')
    await Promise.all([...writing, sending])
    for (const { close } of writers) close()
    host.close()
  }
  const { document } = await loadDocument(id, at.db)
  const stored = new Set(toCells(document).map(({ source }) => source))
  expect(acknowledged.filter((text) => !stored.has(text))).toEqual([])
  expect(acknowledged.length).toBeGreaterThan(150)
  const [output] = (await loadState(id, at.db)).cells.a!.outputs
  const seqs = output?.output_type === 'stream' ? output.text.trim().split('\n').map(Number) : []
  expect(seqs.slice(0, acknowledgedSeq)).toEqual(Array.from({ length: acknowledgedSeq }, (_, i) => i + 1))
})
