import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import http2 from 'node:http2'
import type { AddressInfo } from 'node:net'
import { newSecret } from '../../../lib/config'
import type { SparkAccess } from '../../../lib/protocol/spark'
import { connect } from '../../../lib/spark/client'
import type { SparkRemote } from '../../../lib/spark/remote'

/** A kernel's way to Spark. */
export type KernelSpark = {
  /** Rejects with why there is none. */
  open(): Promise<SparkAccess>
  /** The kernel has ended: its session ends, and with it what Spark kept for it. */
  close(): void
}

export type SparkBroker = {
  kernel(): KernelSpark
  close(): void
}

type Grant = { access: SparkAccess; remote: SparkRemote }

const { NGHTTP2_CANCEL, NGHTTP2_FLAG_END_STREAM } = http2.constants
const windowBytes = 8 * 2 ** 20

/**
 * Passes kernels' calls on to Spark. What opens Spark opens it for good and for everything, so it stays with the host: a
 * kernel gets a token of its own, which is good here alone and until the kernel ends.
 */
export function createSparkBroker(remote: () => SparkRemote): SparkBroker {
  const grants = new Map<string, Grant>()
  const upstreams = new Map<string, http2.ClientHttp2Session>()
  let listening: Promise<http2.Http2Server> | undefined

  const listen = () => {
    listening ??= new Promise((done, failed) => {
      const server = http2.createServer({ settings: { initialWindowSize: windowBytes } })
      server.on('session', (session) => session.setLocalWindowSize(windowBytes))
      server.on('stream', pass)
      server.once('error', failed)
      server.listen(0, '127.0.0.1', () => {
        server.unref()
        done(server)
      })
    })
    return listening
  }

  const upstream = (to: SparkRemote) => {
    const authority = `${to.ssl ? 'https' : 'http'}://${to.host}:${to.port}`
    const known = upstreams.get(authority)
    if (known && !known.closed && !known.destroyed) return known
    const session = http2.connect(authority, { settings: { initialWindowSize: windowBytes } })
    session.once('connect', () => session.setLocalWindowSize(windowBytes))
    session.on('error', () => session.destroy())
    session.unref()
    upstreams.set(authority, session)
    return session
  }

  function pass(stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) {
    const grant = findGrant(grants, headers.authorization)
    if (!grant) return refuse(stream, 16, 'this kernel may not use spark any more: restart it')
    const { ':authority': _, ...passed } = headers
    const up = upstream(grant.remote).request({
      ...passed,
      ...(grant.remote.token && { authorization: `Bearer ${grant.remote.token}` }),
    })
    let trailers: http2.OutgoingHttpHeaders = {}
    up.on('response', (answer, flags) => {
      const { ':status': status = 200, ...rest } = answer
      if (stream.destroyed) return
      // An answer of headers alone has no trailers to wait for.
      if (flags & NGHTTP2_FLAG_END_STREAM) stream.respond({ ':status': status, ...rest }, { endStream: true })
      else {
        stream.respond({ ':status': status, ...rest }, { waitForTrailers: true })
        up.pipe(stream)
      }
    })
    up.on('trailers', (sent) => {
      trailers = sent
    })
    stream.on('wantTrailers', () => stream.sendTrailers(trailers))
    stream.pipe(up)
    up.on('error', (error) => refuse(stream, 14, error.message))
    stream.on('error', () => up.close(NGHTTP2_CANCEL))
    stream.on('close', () => up.close(NGHTTP2_CANCEL))
  }

  return {
    kernel() {
      let key: string | undefined
      return {
        async open() {
          const to = remote()
          const server = await listen()
          if (key) grants.delete(key)
          const token = newSecret()
          const access: SparkAccess = {
            host: '127.0.0.1',
            port: (server.address() as AddressInfo).port,
            ssl: false,
            token,
            userId: to.userId ?? 'cellar',
            sessionId: randomUUID(),
          }
          key = digest(token)
          grants.set(key, { access, remote: to })
          return access
        },
        close() {
          const grant = key && grants.get(key)
          if (!key || !grant) return
          grants.delete(key)
          key = undefined
          // It would hold models and cached tables until it is too old.
          const client = connect({ ...grant.remote, userId: grant.access.userId }, grant.access.sessionId)
          void client
            .release()
            .catch(() => {})
            .finally(() => client.close())
        },
      }
    },
    close() {
      for (const session of upstreams.values()) session.destroy()
      void listening?.then((server) => server.close())
    },
  }
}

const digest = (token: string) => createHash('sha256').update(token).digest('hex')

function findGrant(grants: Map<string, Grant>, authorization: string | undefined) {
  const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1]
  if (!token) return undefined
  const grant = grants.get(digest(token))
  const [sent, own] = [Buffer.from(token), Buffer.from(grant?.access.token ?? '')]
  return grant && sent.length === own.length && timingSafeEqual(sent, own) ? grant : undefined
}

/** Answers in gRPC's own way. */
function refuse(stream: http2.ServerHttp2Stream, status: number, message: string) {
  if (stream.destroyed) return
  if (stream.headersSent) return stream.close(NGHTTP2_CANCEL)
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': String(status),
      'grpc-message': encodeURIComponent(message),
    },
    { endStream: true },
  )
}
