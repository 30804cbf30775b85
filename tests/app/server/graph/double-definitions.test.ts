import { afterAll, beforeAll, expect, test } from 'vitest'
import { deleteCell, sharedCells } from '../../../../lib/notebook/document'
import { createNotebook } from '../../../../lib/notebooks/create'
import { currentUser } from '../../../../lib/session'
import { startHost } from '../../../support/host'
import { openPage } from '../../../support/page'
import { addPerson, installation, type Person } from '../../../support/people'
import { serveWeb } from '../../../support/web'

/** Two cells define one name: from a page through web and a real host to a real kernel. */

let at: Awaited<ReturnType<typeof installation>>
let web: Awaited<ReturnType<typeof serveWeb>>
let host: Awaited<ReturnType<typeof startHost>>
let person: Person

beforeAll(async () => {
  at = await installation()
  web = await serveWeb(at.db)
  person = await addPerson(at.db, 'owner')
  host = await startHost(at.config, web.origin)
  // Loads what checks sessions: the first handshake of a page must not wait for that.
  await currentUser(person.cookie, at.db)
})
afterAll(async () => {
  await host.close()
  await web.close()
  await at.close()
})

/** An empty page, on which `type` adds a cell at the end and `shows` runs one and gives its result. */
async function open() {
  const { id } = await createNotebook({ workspaceId: person.workspaceId, userId: person.id }, at.db)
  const page = openPage({ origin: web.origin, cookie: () => person.cookie } as never, id)
  await page.saved()
  const remove = (cellId: string) => deleteCell(page.document, cellId)
  for (const cellId of [...sharedCells(page.document).keys()]) remove(cellId)
  async function shows(cellId: string) {
    const executionId = await page.begin(cellId)
    const { cells } = await page.sees(({ cells }) => {
      const cell = cells[cellId]
      return cell?.executionId === executionId && (cell.state === 'done' || cell.state === 'failed')
    })
    const [output] = cells[cellId]!.outputs
    return output?.output_type === 'execute_result' ? output.data['text/plain'] : output
  }
  return { ...page, shows, remove }
}

test('each cell uses the definition that the graph means, whichever ran last', async () => {
  const { type, shows, close } = await open()
  type('const x = 1')
  const first = type('x * 10')
  type('const x = 2')
  const second = type('x * 100')
  expect([await shows(second), await shows(first), await shows(second), await shows(first)]).toEqual([
    '200',
    '10',
    '200',
    '10',
  ])
  close()
})

test('once the second definition is deleted, the first runs again before it is used', async () => {
  const { type, shows, remove, close, state } = await open()
  const one = type('const x = 1')
  const two = type('const x = 2')
  const use = type('x * 10')
  await shows(one)
  expect(await shows(use)).toBe('20')
  remove(two)
  expect(await shows(use)).toBe('10')
  expect(state().cells[one]?.executionCount).toBe(4)
  close()
})
