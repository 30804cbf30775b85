import { expect, test } from 'vitest'
import { allowedAddresses } from '../../../lib/net/allowed-networks'

const of = (networks?: string) =>
  ['1.1.1.1', '127.0.0.1', '10.1.2.3', '10.2.0.1', '::1', '2606:4700::1111'].filter(
    allowedAddresses(networks),
  )

test('without a word only the public internet may be connected to', () => {
  expect(of()).toEqual(['1.1.1.1', '2606:4700::1111'])
})

test('named networks may be connected to, too', () => {
  expect(of('10.1.0.0/16, 127.0.0.1')).toEqual(['1.1.1.1', '127.0.0.1', '10.1.2.3', '2606:4700::1111'])
  expect(of('::1/128')).toEqual(['1.1.1.1', '::1', '2606:4700::1111'])
})

test.each(['10.1.0.0/33', 'localhost', '10.0.0.0/x'])('%s is no network', (network) => {
  expect(() => allowedAddresses(network)).toThrow(`not a network such as 10.1.0.0/16: ${network}`)
})
