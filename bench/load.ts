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
  /** Requests a second of all clients together, at most. Default: each sends its next when it has its answer. */
  perSecond?: number
  /** Not counted, at the beginning. Default 2. */
  warmUpSeconds?: number
}

export type Load = {
  perSecond: number
  p50Ms: number
  p99Ms: number
  /** Answered with 200. */
  requests: number
  /** Not answered with 200, and of these, refused with 429 or 503 and told when to come again. */
  failures: number
  refused: number
}

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
  let [failures, refused] = [0, 0]
  const pauseMs = options.perSecond ? (1000 * options.clients) / options.perSecond : 0
  await Promise.all(
    Array.from({ length: options.clients }, () =>
      client({ origin: options.origin, request, until, pauseMs }, (ms, status, retryAfter) => {
        if (performance.now() < from) return
        if (status === 200) return latencies.push(ms)
        failures++
        if (retryAfter && (status === 429 || status === 503)) refused++
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
    refused,
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
function client(
  { origin, request, until, pauseMs }: { origin: string; request: Buffer; until: number; pauseMs: number },
  done: (ms: number, status: number, retryAfter: boolean) => void,
) {
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
    // Those that pause begin one after the other.
    socket.on('connect', () => (pauseMs > 0 ? setTimeout(send, Math.random() * pauseMs) : send()))
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the server closed the connection')))
    socket.on('data', (chunk: string) => {
      text += chunk
      const head = text.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1])
      if (text.length < head + 4 + length) return
      const status = Number(text.slice(9, 12))
      done(performance.now() - sent, status, status !== 200 && /\r\nretry-after: \d/i.test(text))
      text = ''
      const pause = Math.max(0, sent + pauseMs - performance.now())
      if (performance.now() + pause < until) return pause > 0 ? void setTimeout(send, pause) : send()
      socket.removeAllListeners('close')
      socket.end()
      resolve()
    })
  })
}
