import type { Person } from './client'
import type { Figure } from './kit'
import { peakOf } from './resident'

const head = 'id,a,b,c,d,e,f,g,tree\n'
/** All are as wide, so that the file's size is known before it is made. */
const lineBytes = 97
const rows = Math.ceil(1e9 / lineBytes)
/** So few that the connection is not closed while they are made. */
const rowsOfPart = 50_000

/** Rows from one on: a number that counts, seven at random, a word. */
function linesFrom(first: number, count: number): string {
  const words = ['oak', 'elm', 'ash', 'yew']
  const number = () => Math.random().toFixed(9)
  let text = ''
  for (let id = first; id < first + count; id++)
    text += `${10_000_000 + id},${number()},${number()},${number()},${number()},${number()},${number()},${number()},${words[id % 4]}\n`
  return text
}

/** A CSV of a gigabyte becomes a data set as on the page: sent in parts, looked at, saved. What web and `data` hold meanwhile. */
export async function upload(
  person: Person,
  { web, data }: { web: number; data: number },
): Promise<Figure[]> {
  const tus = { 'tus-resumable': '1.0.0' }
  const filename = Buffer.from('gigabyte.csv').toString('base64')
  const begun = await person.request('/api/dataset-uploads', {
    method: 'POST',
    headers: {
      ...tus,
      'upload-length': String(head.length + rows * lineBytes),
      'upload-metadata': `filename ${filename}`,
    },
  })
  if (begun.status !== 201) throw new Error(`the upload was refused: ${await begun.text()}`)
  const path = new URL(begun.headers.get('location')!, person.origin).pathname

  const peaks = { web: peakOf(web), data: peakOf(data) }
  let sentMs = 0
  let offset = 0
  for (let row = 0; row < rows; row += rowsOfPart) {
    const text = (row === 0 ? head : '') + linesFrom(row, Math.min(rowsOfPart, rows - row))
    const part = Buffer.from(text, 'latin1')
    const began = performance.now()
    const answer = await person.request(path, {
      method: 'PATCH',
      headers: {
        ...tus,
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      body: new Uint8Array(part),
    })
    if (answer.status !== 204) throw new Error(`a part was refused: ${await answer.text()}`)
    sentMs += performance.now() - began
    offset += part.length
  }
  const looked = await timed(person.request(`${path}/preview`, person.json({})))
  const name = `gigabyte-${crypto.randomUUID()}`
  const saved = await timed(person.request(`${path}/save`, person.json({ target: { name } })))
  const held = (name: 'web' | 'data'): Figure => ({
    name: `memory of the ${name} process meanwhile, most`,
    value: peaks[name](),
    unit: 'MiB',
    bar: { atMost: 400 },
  })
  return [
    { name: 'a CSV of 1 GB sent', value: sentMs / 1000, unit: 's' },
    { name: 'looked at', value: looked, unit: 's' },
    { name: 'saved', value: saved, unit: 's' },
    held('web'),
    held('data'),
  ]
}

async function timed(request: Promise<Response>) {
  const began = performance.now()
  const answer = await request
  const text = await answer.text()
  if (!answer.ok) throw new Error(`the data set answered ${answer.status}: ${text}`)
  return (performance.now() - began) / 1000
}
