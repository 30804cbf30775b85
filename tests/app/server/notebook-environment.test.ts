import { expect, test } from 'vitest'
import * as contentRoute from '../../../app/api/notebooks/[id]/files/content/route'
import * as filesRoute from '../../../app/api/notebooks/[id]/files/route'
import * as secretRoute from '../../../app/api/notebooks/[id]/secrets/[name]/route'
import * as secretsRoute from '../../../app/api/notebooks/[id]/secrets/route'
import { installedVersions, readEnvironment } from '../../../lib/notebook/environment'
import { createNotebook } from '../../../lib/notebooks/create'
import { exportNotebook, importNotebook } from '../../../lib/notebooks/files'
import type { Route } from '../../../lib/route'
import { openPage, printed } from '../../support/page'
import { origin } from '../../support/people'
import { withHost } from '../../support/with-web'

/** Packages, files and secrets from the page and its routes through web and a real host to a real kernel. */

const at = withHost()

const newNotebook = () => createNotebook({ workspaceId: at.owner.workspaceId, userId: at.owner.id }, at.db)
async function open(id: string) {
  const page = openPage({ origin: at.web.origin, cookie: () => at.owner.cookie } as never, id)
  await page.saved()
  return page
}

function call(
  route: Route,
  id: string,
  options: { query?: string; body?: BodyInit; json?: object; name?: string } = {},
) {
  const { query = '', body, json, name = '' } = options
  const headers = { cookie: at.owner.cookie, origin, host: '127.0.0.1:3999' }
  const request = new Request(`${origin}/?${query}`, {
    method: body !== undefined || json ? 'PUT' : route === secretRoute.DELETE ? 'DELETE' : 'GET',
    headers: json ? { ...headers, 'content-type': 'application/json' } : headers,
    body: json ? JSON.stringify(json) : body,
  })
  return route(request, { params: Promise.resolve({ id, name }) })
}

test('an uploaded file is listed, given back byte for byte, and read by a cell', async () => {
  const { id } = await newNotebook()
  const bytes = new Uint8Array(2_500_001).map((_, i) => i % 251)
  expect((await call(contentRoute.PUT, id, { query: 'path=big.bin', body: bytes })).status).toBe(200)
  const list = (await (await call(filesRoute.GET, id)).json()) as {
    entries: { name: string; size: number }[]
  }
  expect(list.entries.map(({ name, size }) => ({ name, size }))).toEqual([
    { name: 'big.bin', size: bytes.length },
  ])
  const back = await call(contentRoute.GET, id, { query: 'path=big.bin' })
  expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true)
  const page = await open(id)
  expect(await page.value("require('node:fs').statSync('big.bin').size")).toBe('2500001')
  page.close()
  const gone = await call(contentRoute.GET, id, { query: 'path=none.bin' })
  expect([gone.status, await gone.json()]).toEqual([
    409,
    { error: { code: 'FileError', message: 'no such file: none.bin' } },
  ])
  expect((await call(contentRoute.GET, id, { query: 'path=..%2Fconfig.json' })).status).toBe(400)
})

test('a secret is given to the cell and taken out of what it prints; no route tells it', async () => {
  const { id } = await newNotebook()
  const stored = await call(secretRoute.PUT, id, {
    name: 'API_KEY',
    json: { value: 'never to be seen', scope: 'notebook' },
  })
  const short = await call(secretRoute.PUT, id, { name: 'PIN', json: { value: '12345', scope: 'notebook' } })
  expect([stored.status, short.status]).toEqual([200, 400])
  expect(await (await call(secretsRoute.GET, id)).text()).not.toContain('never to be seen')
  const page = await open(id)
  const cell = await page.execute(
    "import { secret } from 'cellar'\nconst key = await secret('API_KEY')\nconsole.log(key.length, key)",
  )
  expect(printed(cell)).toBe('16 [secret API_KEY]\n')
  const rows = await at.sql`select event::text from kernel_events where notebook_id = ${id}`
  expect(JSON.stringify(rows)).not.toContain('never to be seen')
  page.close()
})

test('what a cell installs is in the document, in its file, and in the notebook that the file makes', async () => {
  const { id } = await newNotebook()
  const page = await open(id)
  expect(await page.value("import pad from 'npm:left-pad@1'\npad('5', 3, '0')")).toBe("'005'")
  await expect.poll(() => installedVersions(readEnvironment(page.document))).toEqual({ 'left-pad': '1.3.0' })
  const { result } = await page.request('notebook.ask', {
    method: 'packages.change',
    params: { add: ['kleur@4.1.5'] },
  })
  expect(result).toEqual({ restart: false })
  expect(await page.value("import kleur from 'kleur'\ntypeof kleur.red")).toBe("'function'")
  page.close()

  const { text } = await exportNotebook(id, 'ts', at.db)
  const copy = await importNotebook(
    { workspaceId: at.owner.workspaceId, userId: at.owner.id, name: 'copy.ts', text },
    at.db,
  )
  expect((await exportNotebook(copy.id, 'ts', at.db)).text).toBe(text)
  const second = await open(copy.id)
  expect(installedVersions(readEnvironment(second.document))).toEqual({ 'left-pad': '1.3.0', kleur: '4.1.5' })
  expect(await second.value("require('left-pad/package.json').version")).toBe("'1.3.0'")
  second.close()
})
