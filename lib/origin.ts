const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Whether a request comes from one of Cellar's own pages: its `Origin` is the installation's, or names the host that the
 * request was sent to, where that is this machine (the same server may be called localhost and 127.0.0.1, on the port of
 * a tunnel). Browsers send it with every mutation and every WebSocket handshake, and no page can forge it; but anybody can
 * have a name of their own point at 127.0.0.1, so a name alone is no proof.
 */
export function isOwnOrigin(origin: string | null | undefined, host: string | null | undefined, own: string) {
  if (!origin) return false
  const { protocol } = new URL(own)
  if (origin === new URL(own).origin) return true
  return !!host && origin === `${protocol}//${host}` && loopback.has(host.replace(/:\d+$/, ''))
}
