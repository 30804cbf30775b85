/**
 * Whether a request comes from one of Cellar's own pages: its `Origin` is the installation's, or names the host that the
 * request was sent to (the same server may be called localhost and 127.0.0.1). Browsers send it with every mutation and
 * every WebSocket handshake, and no page can forge it.
 */
export function isOwnOrigin(origin: string | null | undefined, host: string | null | undefined, own: string) {
  if (!origin) return false
  const { protocol } = new URL(own)
  return origin === new URL(own).origin || (!!host && origin === `${protocol}//${host}`)
}
