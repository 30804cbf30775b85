import { connect, type Socket } from 'node:net'
import { quantile } from './kit'

export type LoadOptions = {
  origin: string
  path: string
  headers: Record<string, string>
  body: string
  /** Connections, each with one request out at a time. */
  clients: number
  seconds: number
  /** Not counted, at the beginning. Default 2. */
  warmUpSeconds?: number
}

export type Load = { perSecond: number; p50Ms: number; p99Ms: number; requests: number; failures: number }

/**
 * POSTs one body over and over on kept connections. Written on bare sockets: the load runs on the same cores as what is
 * measured, and a full HTTP client would take half of them.
 */
export async function load(options: LoadOptions): Promise<Load> {
  const request = requestBytes(options)
  const began = performance.now()
  const from = began + 1000 * (options.warmUpSeconds ?? 2)
  const until = from + 1000 * options.seconds
  const latencies: number[] = []
  let failures = 0
  await Promise.all(
    Array.from({ length: options.clients }, () =>
      client(options.origin, request, until, (ms, status) => {
        if (performance.now() < from) return
        if (status === 200) latencies.push(ms)
        else failures++
      }),
    ),
  )
  const requests = latencies.length
  return {
    perSecond: requests / options.seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    requests,
    failures,
  }
}

function requestBytes({ origin, path, headers, body }: LoadOptions) {
  const lines = [
    `POST ${path} HTTP/1.1`,
    `host: ${new URL(origin).host}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** One connection, until its time is over. Rejects when the connection breaks. */
function client(origin: string, request: Buffer, until: number, done: (ms: number, status: number) => void) {
  return new Promise<void>((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true })
    let text = ''
    let sent = 0
    const send = () => {
      sent = performance.now()
      socket.write(request)
    }
    socket.setEncoding('latin1')
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the server closed the connection')))
    socket.on('data', (chunk: string) => {
      text += chunk
      const head = text.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1])
      if (text.length < head + 4 + length) return
      done(performance.now() - sent, Number(text.slice(9, 12)))
      text = ''
      if (performance.now() < until) return send()
      socket.removeAllListeners('close')
      socket.end()
      resolve()
    })
  })
}
