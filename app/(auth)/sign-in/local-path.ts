/**
 * The path within this installation that an address names; `/` for what names none. Only the path is kept, because
 * whoever made the link chose the rest.
 */
export function localPath(address: unknown): string {
  if (typeof address !== 'string') return '/'
  try {
    const { pathname, search } = new URL(address, 'http://local')
    // `//host` and `/\\host` would name another server.
    return /^\/[^/\\]/.test(pathname) ? pathname + search : '/'
  } catch {
    return '/'
  }
}
