import { lookup } from 'node:dns/promises'
import { realpathSync } from 'node:fs'
import { isIP } from 'node:net'
import path from 'node:path'
import { allowedAddresses } from '../../../lib/net/allowed-networks'
import { isPublicAddress } from '../../../lib/net/public-address'

/** What the owner of the machine allows beside https on the public internet. */
export type RepositoryPolicy = {
  /** Whether an IP address may be connected to. */
  allows: (address: string) => boolean
  /** Folders below which local repositories lie. */
  folders: string[]
}

/**
 * `CELLAR_REPOSITORY_NETWORKS`: networks beside the public internet, as `10.1.0.0/16`, where plain http is allowed too;
 * `CELLAR_REPOSITORY_FOLDERS`: folders of local repositories, separated by colons.
 */
export const repositoryPolicy = (
  env: Record<string, string | undefined> = process.env,
): RepositoryPolicy => ({
  allows: allowedAddresses(env.CELLAR_REPOSITORY_NETWORKS),
  folders: (env.CELLAR_REPOSITORY_FOLDERS ?? '').split(':').filter(Boolean),
})

export type Remote = {
  /** As git is given it. */
  url: string
  /** The one protocol that git may use for it. */
  protocol: 'https' | 'http' | 'file'
  /** Settings for this connection, as `name=value`. */
  config: string[]
}

export class AddressError extends Error {
  override name = 'AddressError'
}

/**
 * Where a person's address leads, looked up once: git then connects to just what was checked, and follows no redirect.
 * Throws `AddressError` for every protocol but https, http of allowed networks, and paths of allowed folders.
 */
export async function checkAddress(address: string, policy: RepositoryPolicy): Promise<Remote> {
  if (path.isAbsolute(address)) return localRepository(address, policy)
  if (!URL.canParse(address))
    throw new AddressError(`not an address of a repository, give one as https://…: ${address}`)
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new AddressError(`only https addresses are pulled from: ${address}`)
  if (url.username || url.password)
    throw new AddressError(`an address with a password is not pulled from: ${url.host}`)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const found = isIP(host)
    ? [host]
    : await lookup(host, { all: true }).then(
        (all) => all.map((each) => each.address),
        () => {
          throw new AddressError(`the address has no such host: ${address}`)
        },
      )
  if (found.length === 0 || !found.every(policy.allows))
    throw new AddressError(`the address is not on the public internet: ${address}`)
  if (url.protocol === 'http:' && found.some(isPublicAddress))
    throw new AddressError(`only https addresses are pulled from the internet: ${address}`)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const target = isIP(found[0]!) === 6 ? `[${found[0]}]` : found[0]
  return {
    url: url.href,
    protocol: url.protocol === 'https:' ? 'https' : 'http',
    config: [
      'http.followRedirects=false',
      'http.proxy=',
      ...(isIP(host) ? [] : [`http.curloptResolve=${host}:${port}:${target}`]),
    ],
  }
}

function localRepository(address: string, { folders }: RepositoryPolicy): Remote {
  const refused = () =>
    new AddressError(
      `local repositories are pulled only from folders that the owner of this machine allows with CELLAR_REPOSITORY_FOLDERS: ${address}`,
    )
  let real: string
  try {
    real = realpathSync(address)
  } catch {
    throw refused()
  }
  const inside = (folder: string) => {
    const way = path.relative(folder, real)
    return way === '' || !(way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way))
  }
  const allowed = folders.some((folder) => {
    try {
      return inside(realpathSync(folder))
    } catch {
      return false
    }
  })
  if (!allowed) throw refused()
  return { url: real, protocol: 'file', config: [] }
}
