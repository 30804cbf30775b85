import type { Config } from '../config'

type Place = Pick<Config, 'host' | 'port'>

/** Where web listens on this machine. */
export const localOrigin = ({ host, port }: Place) => `http://${host}:${port}`

/**
 * The address that people type: `CELLAR_ORIGIN`, the name of a proxy in front. It is kept for later starts, until
 * the variable is set to nothing. Else where web listens.
 * @throws where that is no origin
 */
export function publicOrigin(
  place: Place,
  before: (Place & Pick<Config, 'origin'>) | undefined,
  asked = process.env.CELLAR_ORIGIN,
): string {
  const kept = before && before.origin !== localOrigin(before) ? before.origin : ''
  const wanted = asked?.trim() ?? kept
  if (wanted === '') return localOrigin(place)
  const url = URL.canParse(wanted) ? new URL(wanted) : undefined
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
  if (!isOrigin)
    throw new Error(`CELLAR_ORIGIN is not an address such as https://cellar.example.org: ${wanted}`)
  return url.origin
}
