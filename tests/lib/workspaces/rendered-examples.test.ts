import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { machines, notebooks, users } from '../../../drizzle/schema'
import { nextEpoch } from '../../../lib/kernels/epoch'
import { loadState } from '../../../lib/kernels/load'
import { createPersonalWorkspace } from '../../../lib/workspaces/create'
import { readExamples } from '../../../lib/workspaces/examples'
import { root } from '../../support/paths'
import { installation } from '../../support/people'

const folder = path.join(root, 'notebooks')
const names = ['income-classifier.ts', 'iris-clusters.ts', 'mnist-digits.ts']
const examples = await readExamples(folder)
const exampleOf = (file: string) => examples.find((example) => example.file === file)!

let there: Awaited<ReturnType<typeof installation>>
const ids = new Map<string, string>()

beforeAll(async () => {
  there = await installation()
  const [user] = await there.db
    .insert(users)
    .values({ email: 'ada@example.org', name: 'Ada', passwordHash: 'none' })
    .returning({ id: users.id })
  const workspace = await createPersonalWorkspace({ userId: user!.id, name: 'Ada', examples }, there.db)
  const rows = await there.db
    .select({ id: notebooks.id, example: notebooks.example })
    .from(notebooks)
    .where(eq(notebooks.workspaceId, workspace.id))
  for (const { id, example } of rows) ids.set(example!, id)
})
afterAll(() => there?.close())

describe.each(names)('%s in a new workspace', (file) => {
  test('shows what every code cell said, but for the one that promotes', async () => {
    const { cells } = await loadState(ids.get(file)!, there.db)
    const { cells: all } = exampleOf(file)
    const shown = Object.entries(cells).map(([id, { state }]) => ({ id, state }))
    const expected = all
      .filter(({ kind, source }) => kind === 'code' && !/^await promote\(/m.test(source))
      .map(({ id }) => ({ id, state: 'done' }))
    expect(shown).toEqual(expected)
    expect(Object.values(cells).some(({ outputs }) => outputs.length > 0)).toBe(true)
  })

  test('has no kernel that runs', async () => {
    const { kernel } = await loadState(ids.get(file)!, there.db)
    expect(kernel).toEqual({ state: 'stopped' })
  })

  test('is small to keep and to send', () => {
    const { size } = statSync(path.join(folder, 'rendered', file.replace(/\.ts$/, '.json')))
    expect(size).toBeLessThan(400_000)
  })
})

test('the training of the income notebook is shown as a record that has ended', async () => {
  const { cells } = await loadState(ids.get('income-classifier.ts')!, there.db)
  const training = Object.values(cells)
    .flatMap(({ outputs }) => outputs)
    .flatMap((output) => ('data' in output ? [output.data['application/vnd.cellar.training+json']] : []))
    .filter((found) => found !== undefined)
  expect(training).toMatchObject([{ state: 'done', epochs: 10, epoch: 10 }])
})

test("a notebook's first own kernel comes after what it was rendered with", async () => {
  const notebookId = ids.get('iris-clusters.ts')!
  const [machine] = await there.db
    .insert(machines)
    .values({ name: randomUUID(), tokenHash: Buffer.alloc(32) })
    .returning({ id: machines.id })
  const { position } = await loadState(notebookId, there.db)
  expect(position.epoch).toBe(0)
  expect(await nextEpoch(notebookId, machine!.id, there.db)).toBe(1)
})
