import { afterAll, beforeAll, expect, test } from 'vitest'
import * as notebooks from '../../app/api/notebooks/route'
import * as tokens from '../../app/api/tokens/route'
import { addPerson, installation, origin, type Person } from '../support/people'

let at: Awaited<ReturnType<typeof installation>>
let person: Person
beforeAll(async () => {
  at = await installation()
  person = await addPerson(at.db, 'ada')
})
afterAll(() => at.close())

test.each([
  ['a title', notebooks.POST, '/api/notebooks', { title: 'a\0' }, 'title'],
  ["a key's name", tokens.POST, '/api/tokens', { name: 'a\0' }, 'name'],
  ['a search', notebooks.GET, '/api/notebooks?search=%00', undefined, 'search'],
])('%s that PostgreSQL cannot store is refused by name', async (_, answerTo, path, body, field) => {
  const request = new Request(origin + path, {
    method: body ? 'POST' : 'GET',
    headers: { cookie: person.cookie, origin, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = await answerTo(request, { params: Promise.resolve({}) })
  const problem = 'holds the character U+0000, which cannot be stored'
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { error: { code: 'bad_request', message: `${field}: ${problem}`, fields: { [field]: problem } } },
  ])
})
