const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

const isLoopback = (host: string) => loopback.has(host.replace(/:\d+$/, ''))

/** Whether an installation is reached by a name of its own: a proxy stands in front, whatever `Host` it sends. */
export const isPublic = (own: string) => !isLoopback(new URL(own).host)

/**
 * The address for what people copy: the installation's public one, else the one that the browser used, since the port
 * of a tunnel may be another.
 */
export function shownOrigin(own: string, host: string | null | undefined): string {
  if (isPublic(own) || !host) return new URL(own).origin
  return isLoopback(host) ? `${new URL(own).protocol}//${host}` : new URL(own).origin
}

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
  return !!host && origin === `${protocol}//${host}` && isLoopback(host)
}
