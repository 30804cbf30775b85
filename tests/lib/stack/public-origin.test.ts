import { expect, test } from 'vitest'
import { publicOrigin } from '../../../lib/stack/public-origin'

const place = { host: '127.0.0.1', port: 3000 }
const local = 'http://127.0.0.1:3000'
const behind = { ...place, origin: 'https://cellar.example' }

test.each([
  ['unset at first', undefined, '', local],
  ['set', undefined, 'https://cellar.example/', 'https://cellar.example'],
  ['with a port, over plain HTTP', undefined, 'http://box.lan:8080', 'http://box.lan:8080'],
  ['unset later', behind, undefined, 'https://cellar.example'],
  ['set to nothing later', behind, ' ', local],
  [
    'unset, after a start on another port',
    { ...place, port: 4000, origin: 'http://127.0.0.1:4000' },
    undefined,
    local,
  ],
])('CELLAR_ORIGIN %s', (_, before, asked, origin) => {
  // An argument that is undefined would be read from the environment, where it is not set either.
  expect(publicOrigin(place, before, asked)).toBe(origin)
})

test.each([
  'cellar.example',
  'https://cellar.example/path',
  'ftp://cellar.example',
  'https://u:p@cellar.example',
])('an address that is no origin is refused: %s', (asked) => {
  expect(() => publicOrigin(place, undefined, asked)).toThrow(
    `CELLAR_ORIGIN is not an address such as https://cellar.example.org: ${asked}`,
  )
})
