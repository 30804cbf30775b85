/** Where a Spark Connect server is, and what opens it. */
export type SparkRemote = { host: string; port: number; token?: string; ssl: boolean; userId?: string }

/**
 * Reads `sc://host:port/;token=…;use_ssl=true`, as Spark's own clients do. Throws with what is wrong, never with the
 * token.
 */
export function parseRemote(text: string): SparkRemote {
  const found = /^sc:\/\/(\[[0-9a-f:]+\]|[^/:;\s]+)(?::(\d+))?\/?((?:;[^;]*)*)$/i.exec(text.trim())
  if (!found) throw new Error('SPARK_REMOTE is not sc://host:port/;token=…;use_ssl=true')
  const [, host, port = '15002', rest = ''] = found
  if (Number(port) < 1 || Number(port) > 65_535) throw new Error(`SPARK_REMOTE has no port number: ${port}`)
  const parameters = new Map(
    rest
      .split(';')
      .filter(Boolean)
      .map((one) => {
        const at = one.indexOf('=')
        if (at < 1) throw new Error('SPARK_REMOTE has a parameter without a value; write ;name=value')
        return [one.slice(0, at), decodeURIComponent(one.slice(at + 1))] as const
      }),
  )
  const token = parameters.get('token')
  const ssl = parameters.get('use_ssl')?.toLowerCase() === 'true'
  if (token && !ssl && !isLoopback(host!))
    throw new Error(`SPARK_REMOTE would send its token unencrypted; add ;use_ssl=true: ${host}`)
  return { host: host!, port: Number(port), token, ssl, userId: parameters.get('user_id') }
}

const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(host)
