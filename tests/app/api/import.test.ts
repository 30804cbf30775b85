import { afterAll, beforeAll, expect, test } from 'vitest'
import { POST } from '../../../app/api/notebooks/import/route'
import { listNotebooks } from '../../../lib/notebooks/list'
import { addPerson, installation, origin, type Person } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
let person: Person
beforeAll(async () => {
  at = await installation()
  person = await addPerson(at.db, 'owner')
})
afterAll(() => at.close())

async function upload(name: string, body: BodyInit, announced?: number) {
  const request = new Request(`${origin}/api/notebooks/import?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    body,
    headers: {
      cookie: person.cookie,
      origin,
      host: new URL(origin).host,
      ...(announced !== undefined && { 'content-length': String(announced) }),
    },
  })
  const answer = await POST(request, { params: Promise.resolve({}) })
  return [answer.status, await answer.json()]
}
const bytes = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding))
const refused = (code: string, message: string) => ({ error: { code, message } })

test.each<[string, Parameters<typeof upload>, [number, object]]>([
  [
    'a broken .ipynb',
    ['half.ipynb', '{"nbformat": 4, "cells": ['],
    [422, refused('not_a_notebook', expect.stringMatching(/^not a notebook: .*JSON.*: half\.ipynb$/))],
  ],
  [
    'one of a format from before Jupyter',
    ['ancient.ipynb', '{"nbformat": 2}'],
    [
      422,
      refused('not_a_notebook', 'unsupported notebook format: 2; save it as nbformat 4 first: ancient.ipynb'),
    ],
  ],
  [
    'a broken one of format 3',
    ['old.ipynb', '{"nbformat": 3, "worksheets": 1}'],
    [422, refused('not_a_notebook', expect.stringMatching(/^not a notebook: worksheets: .*: old\.ipynb$/))],
  ],
  [
    'one of 200 MB',
    ['large.ipynb', '{}', 200_000_000],
    [
      413,
      refused('too_large', 'the file is larger than 50 MB; take large outputs out of it first: large.ipynb'),
    ],
  ],
  [
    'a file in Latin-1',
    ['latin.ts', bytes('// %%\nconst name = "José"\n', 'latin1')],
    [422, refused('not_utf8', 'the file is not UTF-8 text; save it as UTF-8: latin.ts')],
  ],
  [
    'a file in UTF-16',
    ['wide.ipynb', bytes('\ufeff{}', 'utf16le')],
    [422, refused('not_utf8', 'the file is written in UTF-16; save it as UTF-8: wide.ipynb')],
  ],
  [
    'a file whose lockfile cannot be read',
    ['packages.ts', '// %%\n1\n\n// %% [packages]\n// {"packages":\n'],
    [
      422,
      refused(
        'not_a_notebook',
        expect.stringMatching(/^the file's packages cannot be read: .*: packages\.ts$/),
      ),
    ],
  ],
])(
  '%s is refused by a sentence that names it and the cause, and no notebook is made',
  async (_, file, answer) => {
    const notebooks = () => listNotebooks(person.workspaceId, '', at.db)
    const before = await notebooks()
    expect(await upload(...file)).toEqual(answer)
    expect(await notebooks()).toEqual(before)
  },
)

test('what can be read becomes a notebook', async () => {
  expect(await upload('good.ts', '// %%\n1\n')).toEqual([201, expect.objectContaining({ title: 'Good' })])
})
