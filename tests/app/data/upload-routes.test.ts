import { expect, test } from 'vitest'
import * as preview from '../../../app/api/dataset-uploads/[id]/preview/route'
import * as one from '../../../app/api/dataset-uploads/[id]/route'
import * as save from '../../../app/api/dataset-uploads/[id]/save/route'
import * as all from '../../../app/api/dataset-uploads/route'
import { setDataStore } from '../../../lib/datasets/data-store'
import { listDatasets } from '../../../lib/datasets/list'
import type { Route } from '../../../lib/route'
import { withDatasets } from '../../support/datasets'
import { addPerson, origin, type Person } from '../../support/people'

let eve: Person
const at = withDatasets(async ({ store, db }) => {
  setDataStore(store)
  eve = await addPerson(db, 'eve')
})

const call = (
  route: Route,
  method: string,
  {
    id = '',
    person = at.ada,
    headers = {},
    body,
  }: { id?: string; person?: Person; headers?: object; body?: string } = {},
) =>
  route(
    new Request(`${origin}/api/dataset-uploads${id && `/${id}`}`, {
      method,
      headers: { cookie: person.cookie, origin, 'tus-resumable': '1.0.0', ...headers },
      body,
    }),
    { params: Promise.resolve({ id }) },
  )

async function begin(text: string, name = 'sizes.csv') {
  const response = await call(all.POST, 'POST', {
    headers: {
      'upload-length': String(text.length),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
    },
  })
  expect(response.status).toBe(201)
  return response.headers.get('location')!.split('/').at(-1)!
}
const send = (id: string, offset: number, body: string) =>
  call(one.PATCH, 'PATCH', {
    id,
    body,
    headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
  })
const json = { 'content-type': 'application/json' }

test('a file that comes in parts is looked at and saved, and goes on where it stopped', async () => {
  const text = 'size,word\n1,a\n2,b\n'
  const id = await begin(text)
  expect((await send(id, 0, text.slice(0, 7))).status).toBe(204)
  const so = await call(one.HEAD, 'HEAD', { id })
  expect([so.headers.get('upload-offset'), so.headers.get('upload-length')]).toEqual(['7', '18'])
  expect((await send(id, 7, text.slice(7))).status).toBe(204)
  const looked = await call(preview.POST, 'POST', { id, headers: json, body: '{}' })
  const { rows, columns } = await looked.json()
  expect([rows, columns.map(({ name, type }: { name: string; type: string }) => [name, type])]).toEqual([
    2,
    [
      ['size', 'integer'],
      ['word', 'text'],
    ],
  ])
  const body = JSON.stringify({ target: { name: 'sizes' } })
  const saved = await call(save.POST, 'POST', { id, headers: json, body })
  expect(saved.status).toBe(201)
  const again = await call(save.POST, 'POST', { id, headers: json, body })
  expect((await again.json()).version).toEqual((await saved.json()).version)
  expect((await listDatasets(at.db, at.ada.workspaceId)).map(({ name, rows }) => [name, rows])).toEqual([
    ['sizes', 2],
  ])
})

test('nobody else reaches an upload, and who gives it up leaves nothing', async () => {
  const id = await begin('a\n1\n')
  expect((await call(one.HEAD, 'HEAD', { id, person: eve })).status).toBe(404)
  expect((await call(preview.POST, 'POST', { id, person: eve, headers: json, body: '{}' })).status).toBe(404)
  expect((await call(one.DELETE, 'DELETE', { id })).status).toBe(204)
  expect((await call(one.HEAD, 'HEAD', { id })).status).toBe(404)
})
