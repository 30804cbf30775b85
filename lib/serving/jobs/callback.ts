import { Refusal } from '../refusal'

/** An address that a person gave for reports of jobs. Where it leads is checked when it is connected to. Throws `Refusal` 400. */
export function callbackOf(address: string | undefined): string | undefined {
  if (address === undefined) return
  const problem = callbackProblem(address)
  if (problem)
    throw new Refusal(400, 'bad_callback_url', `callback_url: ${problem}: ${address.slice(0, 200)}`)
  // As it is parsed: what cannot be stored is encoded there.
  return new URL(address).href
}

/** Why reports cannot be sent there; undefined where they can. */
export function callbackProblem(address: string): string | undefined {
  if (address.length > 2000) return 'longer than 2,000 characters'
  if (!URL.canParse(address)) return 'not an address'
  const { protocol, username, password } = new URL(address)
  if (protocol !== 'https:' && protocol !== 'http:') return 'only http and https addresses are called'
  if (username || password) return 'an address with a password is not called'
}
