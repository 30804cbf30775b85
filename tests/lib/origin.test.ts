import { expect, test } from 'vitest'
import { isOwnOrigin, shownOrigin } from '../../lib/origin'

const own = 'http://127.0.0.1:3000'

test.each([
  ['its address', own, '127.0.0.1:3000', true],
  ['another name of this machine', 'http://localhost:3000', 'localhost:3000', true],
  ["a tunnel's port", 'http://localhost:8080', 'localhost:8080', true],
  ['IPv6', 'http://[::1]:3000', '[::1]:3000', true],
  ['another port than it was asked on', 'http://localhost:4000', 'localhost:3000', false],
  ['a foreign name that points here (DNS rebinding)', 'http://evil.example:3000', 'evil.example:3000', false],
  ['a foreign page', 'https://evil.example', '127.0.0.1:3000', false],
  ['another protocol', 'https://127.0.0.1:3000', '127.0.0.1:3000', false],
  ['an opaque page', 'null', '127.0.0.1:3000', false],
  ['nothing', undefined, '127.0.0.1:3000', false],
])('%s', (_, origin, host, is) => {
  expect(isOwnOrigin(origin, host, own)).toBe(is)
})

test.each([
  ['its public name', 'https://cellar.example', '127.0.0.1:3000', true],
  ['its public name without encryption', 'http://cellar.example', 'cellar.example', false],
  ['this machine past the proxy', 'http://127.0.0.1:3000', '127.0.0.1:3000', false],
  ['another name at the same proxy', 'https://other.example', 'other.example', false],
])('behind a proxy: %s', (_, origin, host, is) => {
  expect(isOwnOrigin(origin, host, 'https://cellar.example')).toBe(is)
})

test('people copy the public address, or the one that their browser used on this machine', () => {
  expect([
    shownOrigin('https://cellar.example', '127.0.0.1:3000'),
    shownOrigin(own, 'localhost:8080'),
    shownOrigin(own, 'evil.example'),
    shownOrigin(own, undefined),
  ]).toEqual(['https://cellar.example', 'http://localhost:8080', own, own])
})
