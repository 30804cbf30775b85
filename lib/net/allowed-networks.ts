import { BlockList, isIP } from 'node:net'
import { isPublicAddress } from './public-address'

/**
 * What may be connected to for people: the public internet and the networks that are named, as
 * `10.1.0.0/16, 127.0.0.1/32`. Throws on what is no network.
 */
export function allowedAddresses(networks = ''): (address: string) => boolean {
  const named = new BlockList()
  for (const network of networks.split(',').map((part) => part.trim())) {
    if (network === '') continue
    const [address = '', prefix] = network.split('/')
    const family = isIP(address)
    const bits = Number(prefix ?? (family === 4 ? 32 : 128))
    if (!family || !Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128))
      throw new Error(`not a network such as 10.1.0.0/16: ${network}`)
    named.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6')
  }
  return (address) => isPublicAddress(address) || named.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}
