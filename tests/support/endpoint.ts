import type { Person } from '../../bench/client'
import type { Page } from './page'

/** A cell that promotes a function of records: a number, a category, and a note that may be null. */
export const promoting = (endpoint: string) => `import { promote } from 'cellar'
const weights = { red: 1, blue: 10 }
const predict = (records) => records.map(({ size, colour }) => ({ price: size * weights[colour] }))
await promote('${endpoint}', predict, {
  data: [
    { size: 1, colour: 'red', note: 'a' },
    { size: 2.5, colour: 'blue', note: null },
  ],
})`

/** Promotes it and fails with what the cell said. */
export async function promoteEndpoint(page: Page, endpoint: string) {
  const cell = await page.execute(promoting(endpoint), 60_000)
  if (cell.state !== 'done') throw new Error(`not promoted: ${JSON.stringify(cell.outputs)}`)
}

/** A new API key of a person's workspace. */
export async function newKey(person: Person): Promise<{ id: string; token: string }> {
  const answer = await person.request('/api/tokens', person.json({ name: 'test' }))
  return (await answer.json()) as { id: string; token: string }
}

/** Sends a body to an endpoint as an application does: status and parsed answer. */
export async function predict(
  origin: string,
  endpoint: string,
  body: unknown,
  headers: Record<string, string>,
) {
  const answer = await fetch(`${origin}/api/v1/${endpoint}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
