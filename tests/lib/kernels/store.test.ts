import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { kernelEvents } from '../../../drizzle/schema'
import { nextEpoch } from '../../../lib/kernels/epoch'
import { loadState } from '../../../lib/kernels/load'
import { storeEvents } from '../../../lib/kernels/store'
import { findSuperseded, nothingYet } from '../../../lib/kernels/superseded'
import { trimStreams } from '../../../lib/kernels/trim'
import { applyEvent, emptyState } from '../../../lib/notebook/state'
import { createNotebook } from '../../../lib/notebooks/create'
import type { KernelEvent, KernelEventBody } from '../../../lib/protocol/events'
import { registerMachine } from '../../../lib/stack/machine'
import { addPerson, installation, type Person } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
let person: Person
let id: string
beforeAll(async () => {
  at = await installation()
  person = await addPerson(at.db, 'Ada')
})
beforeEach(async () => {
  ;({ id } = await createNotebook({ workspaceId: person.workspaceId, userId: person.id }, at.db))
})
afterAll(() => at.close())

const numbered = (bodies: KernelEventBody[], epoch = 1, from = 1): KernelEvent[] =>
  bodies.map((body, i) => ({ ...body, epoch, seq: from + i, at: 1000 + i }))
const a1 = { cellId: 'a', executionId: 'a1' }
const a2 = { cellId: 'a', executionId: 'a2' }
const b1 = { cellId: 'b', executionId: 'b1' }
const text = (of: typeof a1, said: string): KernelEventBody => ({
  type: 'stream',
  ...of,
  name: 'stdout',
  text: said,
})
const execution = (of: typeof a1, state: 'queued' | 'running' | 'done'): KernelEventBody => ({
  type: 'execution',
  ...of,
  state,
})
const display = { data: { 'text/plain': 'x' }, metadata: {} }

const store = (events: KernelEvent[], latest = nothingYet()) =>
  storeEvents(id, events, findSuperseded(events, latest), at.db)
const kept = async () =>
  (
    await at.db
      .select({ event: kernelEvents.event })
      .from(kernelEvents)
      .where(eq(kernelEvents.notebookId, id))
      .orderBy(asc(kernelEvents.epoch), asc(kernelEvents.seq))
  ).map(({ event }) => event)
const folded = (events: KernelEvent[]) => events.reduce(applyEvent, emptyState())

test('what is loaded is what was stored, folded', async () => {
  const events = numbered([
    execution(a1, 'running'),
    text(a1, 'one\n'),
    text(a1, 'two\n'),
    execution(a1, 'done'),
  ])
  await store(events)
  expect(await loadState(id, at.db)).toEqual(folded(events))
})

test('a repeated delivery changes nothing', async () => {
  const events = numbered([execution(a1, 'running'), text(a1, 'one\n')])
  await store(events)
  await store([...events, ...numbered([text(a1, 'two\n')], 1, 3)])
  expect(await kept()).toEqual([...events, ...numbered([text(a1, 'two\n')], 1, 3)])
})

test('a new execution deletes what the cell said before, and keeps other cells', async () => {
  const events = numbered([
    execution(a1, 'running'),
    text(a1, 'old'),
    execution(b1, 'running'),
    text(b1, 'other'),
    execution(a2, 'queued'),
    execution(a2, 'running'),
    text(a2, 'new'),
  ])
  await store(events)
  expect((await kept()).map(({ seq }) => seq)).toEqual([3, 4, 5, 6, 7])
})

test('an update of another cell’s display survives the end of the cell that made it', async () => {
  const events = numbered([
    { type: 'display_data', ...b1, ...display, displayId: 'd' },
    { type: 'update_display_data', ...a1, data: { 'text/plain': 'newer' }, metadata: {}, displayId: 'd' },
    execution(a2, 'running'),
  ])
  await store(events)
  expect((await loadState(id, at.db)).cells.b).toEqual(folded(events).cells.b)
})

test('of updates of one display the last is kept', async () => {
  const update = (value: string): KernelEventBody => ({
    type: 'update_display_data',
    ...a1,
    data: { 'text/plain': value },
    metadata: {},
    displayId: 'd',
  })
  const events = numbered([
    { type: 'display_data', ...a1, ...display, displayId: 'd' },
    update('1'),
    update('2'),
    update('3'),
  ])
  await store(events)
  expect((await kept()).map(({ seq }) => seq)).toEqual([1, 4])
  expect(await loadState(id, at.db)).toEqual(folded(events))
})

test('of the states idle and busy the last is kept, with those that end kernels', async () => {
  const status = (state: 'starting' | 'idle' | 'busy' | 'dead'): KernelEventBody => ({
    type: 'status',
    state,
  })
  const events = numbered([
    status('starting'),
    status('idle'),
    status('busy'),
    status('idle'),
    status('dead'),
  ])
  await store(events)
  expect((await kept()).map(({ seq }) => seq)).toEqual([1, 4, 5])
})

test('cleared output is deleted', async () => {
  const events = numbered([
    execution(a1, 'running'),
    text(a1, 'gone'),
    { type: 'clear_output', ...a1, wait: false },
    text(a1, 'stays'),
  ])
  await store(events)
  expect((await kept()).map(({ seq }) => seq)).toEqual([1, 3, 4])
  expect((await loadState(id, at.db)).cells.a!.outputs).toEqual(folded(events).cells.a!.outputs)
})

test('NUL and half surrogate pairs, which Postgres cannot hold, become replacement characters', async () => {
  await store(numbered([text(a1, 'a\0b \ud83d c \\u0000 \\\0 🐎')]))
  expect(await kept()).toEqual(numbered([text(a1, 'a\ufffdb \ufffd c \\u0000 \\\ufffd 🐎')]))
})

describe('trimming an execution’s streams', () => {
  test.each([
    [30, 7, 10, 10],
    [100, 3, 5, 50],
    [100, 3, 50, 5],
    [5, 40, 10, 10],
    [3, 2, 100, 100],
  ])(
    '%i lines of %i characters fold to the same head and tail',
    async (lines, size, headBytes, tailBytes) => {
      const events = numbered(
        Array.from({ length: lines }, (_, i) => text(a1, String(i).padStart(size, '.'))),
      )
      await store(events)
      await trimStreams(id, a1, { headBytes, tailBytes }, at.db)
      const before = events.map((e) => (e.type === 'stream' ? e.text : '')).join('')
      const rows = (await kept()).map(
        (e) => (e.type === 'stream' ? { omitted: e.omitted ?? 0, text: e.text } : undefined)!,
      )
      const gap = rows.findIndex(({ omitted }) => omitted > 0)
      const head = rows
        .slice(0, gap < 0 ? rows.length : gap)
        .map((row) => row.text)
        .join('')
      const tail =
        gap < 0
          ? ''
          : rows
              .slice(gap)
              .map((row) => row.text)
              .join('')
      const omitted = gap < 0 ? 0 : rows[gap]!.omitted
      expect({
        starts: before.startsWith(head),
        ends: before.endsWith(tail),
        size: head.length + omitted + tail.length,
      }).toEqual({
        starts: true,
        ends: true,
        size: before.length,
      })
      expect(head.length >= Math.min(headBytes, before.length)).toBe(true)
      expect(gap < 0 || tail.length >= tailBytes).toBe(true)
    },
  )

  test('a second trim adds to what the first left out', async () => {
    await store(numbered(Array.from({ length: 50 }, () => text(a1, '..........'))))
    await trimStreams(id, a1, { headBytes: 20, tailBytes: 20 }, at.db)
    await store(
      numbered(
        Array.from({ length: 50 }, () => text(a1, '..........')),
        1,
        51,
      ),
    )
    await trimStreams(id, a1, { headBytes: 20, tailBytes: 20 }, at.db)
    const rows = await kept()
    expect(rows.map((e) => [e.seq, e.type === 'stream' && e.omitted])).toEqual([
      [1, undefined],
      [2, undefined],
      [99, 960],
      [100, undefined],
    ])
  })
})

test('lives of a kernel are numbered without a repetition when several begin at once', async () => {
  const [machine] = await at.sql`select id from machines`
  if (!machine) await registerMachine(at.config.databaseUrl, 'a token')
  const [{ id: machineId } = { id: '' }] = await at.sql<{ id: string }[]>`select id from machines`
  await storeEvents(id, numbered([text(a1, 'an example’s')], 3), [], at.db)
  const epochs = await Promise.all(Array.from({ length: 8 }, () => nextEpoch(id, machineId, at.db)))
  expect(epochs.sort((a, b) => a - b)).toEqual([4, 5, 6, 7, 8, 9, 10, 11])
  const open = await at.sql`select epoch from kernel_sessions where notebook_id = ${id} and ended_at is null`
  expect(open.map(({ epoch }) => epoch)).toEqual([11])
})
