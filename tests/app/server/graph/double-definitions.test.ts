import { expect, test } from 'vitest'
import { deleteCell, sharedCells } from '../../../../lib/notebook/document'
import { createNotebook } from '../../../../lib/notebooks/create'
import { openPage } from '../../../support/page'
import { withHost } from '../../../support/with-web'

/** Two cells define one name: from a page through web and a real host to a real kernel. */

const at = withHost()

/** An empty page, on which `type` adds a cell at the end and `shows` runs one and gives its result. */
async function open() {
  const { id } = await createNotebook({ workspaceId: at.owner.workspaceId, userId: at.owner.id }, at.db)
  const page = openPage({ origin: at.web.origin, cookie: () => at.owner.cookie } as never, id)
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
