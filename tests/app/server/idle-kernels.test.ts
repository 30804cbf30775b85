import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Host } from '../../../app/_server/hosts'
import { createIdleKernels, kernelIdleMs } from '../../../app/_server/idle-kernels'
import { createNotebook } from '../../../lib/notebooks/create'
import { Refused } from '../../../lib/refused'
import { registerMachine } from '../../../lib/stack/machine'
import { addPerson, installation } from '../../support/people'
import { ask, connectHost, openPage, serveWeb } from '../../support/web'

let at: Awaited<ReturnType<typeof installation>>
const open: { close(): unknown }[] = []
const opened = <T extends { close(): unknown }>(thing: T) => {
  open.push(thing)
  return thing
}
beforeAll(async () => {
  at = await installation()
})
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})
afterAll(() => at.close())

const hour = 3_600_000

/** Kernels `a` and `b`, of which a page may be open; the time is set by hand, in hours. */
function kernels(answer: () => Promise<unknown> = async () => ({ ok: true })) {
  const asked: unknown[] = []
  const pages = new Set<string>()
  let hours = 0
  const host = {
    ask: (_: string, { notebookId, unused }: { notebookId: string; unused: string }) => {
      asked.push([notebookId, unused])
      return answer()
    },
  } as unknown as Host
  const idle = createIdleKernels({
    hosts: {
      kernels: () =>
        new Map([
          ['a', host],
          ['b', host],
        ]),
    },
    hasPage: (id) => pages.has(id),
    idleMs: 12 * hour,
    now: () => hours * hour,
  })
  const endAt = (time: number) => {
    hours = time
    return idle.end()
  }
  return { asked, pages, endAt, used: idle.used }
}
const reason = 'nobody had this notebook open and nothing ran in it for 12 hours'

test('a kernel ends that had no page and in which nothing ran for the time', async () => {
  const { asked, pages, endAt, used } = kernels()
  pages.add('b')
  expect([await endAt(0), await endAt(11.9)]).toEqual([0, 0])
  used('a')
  expect(await endAt(12)).toBe(0)
  pages.clear()
  expect([await endAt(23.8), asked]).toEqual([0, []])
  expect(await endAt(23.9)).toBe(1)
  expect([await endAt(24), asked]).toEqual([
    2,
    [
      ['a', reason],
      ['a', reason],
      ['b', reason],
    ],
  ])
})

test('one that runs after all counts as used', async () => {
  const { asked, endAt } = kernels(() => Promise.reject(new Refused(409, 'busy', 'a cell runs or waits')))
  await endAt(0)
  expect([await endAt(12), await endAt(23), asked.length]).toEqual([0, 0, 2])
})

test('the time is twelve hours unless set, and without end where it is 0', () => {
  const of = (hours?: string) => kernelIdleMs({ CELLAR_KERNEL_IDLE_HOURS: hours } as never)
  expect([of(), of(''), of('0.5'), of('0')]).toEqual([
    12 * hour,
    12 * hour,
    hour / 2,
    Number.POSITIVE_INFINITY,
  ])
  expect(() => of('soon')).toThrow('CELLAR_KERNEL_IDLE_HOURS is not a number of hours: soon')
  expect(() => of('-1')).toThrow('CELLAR_KERNEL_IDLE_HOURS is not a number of hours: -1')
})

test('a page keeps its kernel; once it has left, a person is told why the kernel ended', async () => {
  await registerMachine(at.config.databaseUrl, at.config.machineToken)
  const web = opened(await serveWeb(at.db, { idleMs: 0 }))
  const owner = await addPerson(at.db, 'Ada')
  const { id } = await createNotebook({ workspaceId: owner.workspaceId, userId: owner.id }, at.db)
  const epochOne = { notebookId: id, position: { epoch: 1, seq: 0 } }
  const host = opened(await connectHost(web.origin, at.config.machineToken, [epochOne]))
  const asked: unknown[] = []
  host.socket.on('kernel.stop', (message, reply) => {
    asked.push(message)
    reply({ ok: true })
  })
  const page = await openPage(web.origin, owner.cookie, id)
  expect(await web.endIdleKernels()).toBe(0)
  await ask(page.socket, 'notebook.leave', {})
  page.close()
  expect(await web.endIdleKernels()).toBe(1)
  const unused = 'nobody had this notebook open and nothing ran in it for a minute'
  expect(asked).toEqual([{ notebookId: id, unused }])
})
