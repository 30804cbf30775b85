import { ClosedAddress, guardedRequest } from '../net/guarded-request'
import { isPublicAddress } from '../net/public-address'
import { Refused } from '../refused'
import { readFileText } from './file-text'

const maxRedirects = 5
const maxMs = 20_000
const headers = { accept: '*/*', 'accept-encoding': 'identity' }

export type FetchOptions = {
  /** Whether an IP address may be connected to; only those of the public internet unless given. */
  allows?: (address: string) => boolean
  /** For the whole of it, redirects included. */
  maxMs?: number
}

/**
 * The file at an address that a person gave. The server stands where it reaches machines that the person does not: it
 * connects to public addresses only, checked where the connection is made and at every redirect, sends nothing of its
 * own along, and waits and reads within limits.
 */
export async function fetchFile(
  address: string,
  { allows = isPublicAddress, maxMs: ms = maxMs }: FetchOptions = {},
): Promise<{ name: string; text: string }> {
  const signal = AbortSignal.timeout(ms)
  let url = rawAddress(parse(address))
  try {
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const answer = await guardedRequest({ url, allows, signal, headers })
      const { statusCode = 0, headers: told } = answer
      if (statusCode >= 300 && statusCode < 400 && told.location) {
        answer.destroy()
        url = parse(new URL(told.location, url).href)
        continue
      }
      if (statusCode !== 200) {
        answer.destroy()
        throw refuse(`the server answered with status ${statusCode}`, url)
      }
      const name = decodeURIComponent(url.pathname.split('/').at(-1)!)
      const announced = told['content-length']
      const text = await readFileText(name, answer, announced === undefined ? undefined : Number(announced))
      return { name, text }
    }
  } catch (error) {
    if (error instanceof Refused) throw error
    if (error instanceof ClosedAddress) throw refuse('the address is not on the public internet', url)
    if (signal.aborted) throw refuse(`the server took longer than ${ms / 1000} s`, url)
    throw refuse(`the file could not be fetched: ${(error as Error).message}`, url)
  }
  throw refuse(`the address redirects more than ${maxRedirects} times`, url)
}

const refuse = (cause: string, url: URL | string) => new Refused(422, 'not_fetched', `${cause}: ${url}`)

function parse(address: string): URL {
  if (!URL.canParse(address)) throw refuse('not an address', address)
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refuse('only http and https addresses are fetched', address)
  if (url.username || url.password) throw refuse('an address with a password is not fetched', url.host)
  return url
}

/** GitHub's page of a file → the file itself. */
export function rawAddress(url: URL): URL {
  const file = /^\/([^/]+)\/([^/]+)\/(?:blob|raw)\/(.+)$/.exec(url.pathname)
  if (url.hostname !== 'github.com' || !file) return url
  return new URL(`https://raw.githubusercontent.com/${file[1]}/${file[2]}/${file[3]}`)
}
