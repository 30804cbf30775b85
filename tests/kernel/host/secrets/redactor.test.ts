import { expect, test } from 'vitest'
import { createRedactor } from '../../../../kernel/host/secrets/redactor'

const value = 'pa"ss wörd/42+x'
const redactor = createRedactor()
redactor.add('KEY', value)
const base64 = (text: string) => Buffer.from(text).toString('base64')

test.each([
  ['as it is', value],
  ['in JSON', JSON.stringify({ key: value })],
  ['in JSON in JSON', JSON.stringify(JSON.stringify(value))],
  ['in an address', `https://host/?key=${encodeURIComponent(value)}`],
  ['in a form', new URLSearchParams({ key: value }).toString()],
  ['in base64', base64(value)],
  ['in base64 after one byte', base64(`:${value}`)],
  ['in base64 after two bytes', base64(`a:${value}`)],
  ['in base64 with more behind it', base64(`user:${value}@host`)],
  ['in base64url', Buffer.from(value).toString('base64url')],
  ['in hexadecimal', Buffer.from(value).toString('hex')],
  ['in HTML', `<p>${value.replaceAll('"', '&quot;')}</p>`],
])('a secret is taken out %s', (_, text) => {
  const redacted = redactor.text(text)
  expect(redacted).toContain('[secret KEY]')
  expect(redactor.heldBy(redacted)).toEqual([])
})

test('what is no secret stays byte for byte', () => {
  const data = { a: [1, null, 'pa"ss'], b: { c: 'wörd' } }
  expect(redactor.value(data)).toEqual(data)
  expect(createRedactor().text('anything')).toBe('anything')
})

test('data is freed of it in keys, values and depth', () => {
  expect(redactor.value({ [value]: [{ deep: `x${value}y` }] })).toEqual({
    '[secret KEY]': [{ deep: 'x[secret KEY]y' }],
  })
})

test('a stream that cuts a secret anywhere shows no part of it', () => {
  const bytes = Buffer.from(`before ${value} after`)
  for (let at = 1; at < bytes.length; at++) {
    const stream = redactor.stream()
    const said = [stream.push(bytes.subarray(0, at)), stream.push(bytes.subarray(at)), stream.flush()]
    expect(Buffer.concat(said).toString()).toBe('before [secret KEY] after')
  }
})

test('a beginning that turns out to be none is said at the end', () => {
  const stream = redactor.stream()
  expect(Buffer.from(stream.push(Buffer.from('x pa"ss'))).toString()).toBe('x ')
  expect(Buffer.from(stream.flush()).toString()).toBe('pa"ss')
})

test('each line of a key file is known', () => {
  const file = createRedactor()
  file.add('PEM', '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nshort\n')
  expect(file.text('got MIIEvQIBADANBgkqhkiG9w0BAQEFAASC')).toBe('got [secret PEM]')
})

test('a bundle that holds it is known, in one byte or two per character', () => {
  expect([
    redactor.heldBy(Buffer.from(`..${value}..`)),
    redactor.heldBy(Buffer.from(`..${value}..`, 'latin1')),
    redactor.heldBy(Buffer.from(`..${value}..`, 'utf16le')),
    redactor.heldBy(Buffer.from('nothing')),
  ]).toEqual([['KEY'], ['KEY'], ['KEY'], []])
})
