import type { Readable, Writable } from 'node:stream'
import {
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node'
import { initialization, preferences } from './initialization'

/** A running server: its pipes, and its end. */
export type ServerProcess = {
  stdin: Writable
  stdout: Readable
  kill(): void
  /** Settles once, with the reason as a clause. */
  exited: Promise<string>
}

export type FileChange = { uri: string; type: 1 | 2 | 3 }

/**
 * The TypeScript language server, started at the first document. When it ends by itself it is started again with the
 * same documents, and what had not been answered is asked once more: who asks notices nothing but the time.
 */
export type LanguageServer = {
  /** Opens a document, or gives it another text. */
  write(uri: string, text: string): void
  close(uri: string): void
  /** Rejects when the server refuses, or ends twice. */
  request<Result>(method: string, params: unknown): Promise<Result>
  /** Files on disk have changed. */
  changed(changes: FileChange[]): void
  end(): void
}

export type LanguageServerOptions = {
  start(): Promise<ServerProcess>
  /** The folder above all that it opens. */
  folder: string
  /** Something went wrong that nobody waits for. */
  onProblem(problem: string): void
  /** Without documents it is ended after this time, since it holds hundreds of MB. */
  idleMs?: number
}

type Life = { process: ServerProcess; connection: MessageConnection }

/** A server that does not answer for so long hangs, and is replaced. */
const hangingMs = 30_000
/** Between starts of a server that keeps ending. */
const pauses = [0, 200, 1000, 5000, 20_000]
/** A life of this length was a good one. */
const goodMs = 60_000

export function createLanguageServer(options: LanguageServerOptions): LanguageServer {
  const { start, folder, onProblem, idleMs = 60_000 } = options
  const documents = new Map<string, { text: string; version: number }>()
  let life: Promise<Life> | undefined
  /** Of the life that has all documents. */
  let current: MessageConnection | undefined
  let failures = 0
  let idle: NodeJS.Timeout | undefined
  let ended = false

  const alive = (): Promise<Life> => {
    if (life) return life
    const begun = begin().catch((error) => {
      // Unless its end has been noticed already, and another one begun.
      if (life === begun) {
        life = undefined
        failures++
      }
      throw error
    })
    life = begun
    return begun
  }

  async function begin(): Promise<Life> {
    const pause = pauses[Math.min(failures, pauses.length - 1)]!
    if (pause) await new Promise((done) => setTimeout(done, pause))
    const began = Date.now()
    const process = await start()
    const connection = createMessageConnection(
      new StreamMessageReader(process.stdout),
      new StreamMessageWriter(process.stdin),
    )
    // Of writes to a server that has just ended; its end itself is told by `exited`.
    connection.onError(() => {})
    connection.onRequest((method, params) =>
      method === 'workspace/configuration'
        ? (params as { items: unknown[] }).items.map(() => preferences)
        : null,
    )
    connection.listen()
    void process.exited.then((reason) => {
      if (current === connection) current = undefined
      connection.dispose()
      life = undefined
      if (ended || documents.size === 0) return
      failures = Date.now() - began > goodMs ? 1 : failures + 1
      onProblem(`the TypeScript language server is started again: ${reason}`)
      alive().catch((error) => onProblem(`it could not be: ${(error as Error).message}`))
    })
    await Promise.race([connection.sendRequest('initialize', initialization(folder)), lost(process)])
    tell(connection, 'initialized', {})
    for (const [uri, document] of documents) open(connection, uri, document)
    current = connection
    return { process, connection }
  }

  async function attempt<Result>(method: string, params: unknown): Promise<Result> {
    const { connection, process } = await alive()
    let timer: NodeJS.Timeout | undefined
    const hanging = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new ServerLost(`no answer within ${hangingMs / 1000} s`))
        process.kill()
      }, hangingMs)
    })
    const answer = connection.sendRequest<Result>(method, params).catch(async (error) => {
      if (isRefusal(error)) throw error
      // It could not be written, or the connection was closed before the answer: the server is at its end.
      throw new ServerLost(await process.exited)
    })
    // Where the server ends first, nobody waits for this any more.
    answer.catch(() => {})
    try {
      return await Promise.race([answer, lost(process), hanging])
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    write(uri, text) {
      clearTimeout(idle)
      const version = (documents.get(uri)?.version ?? 0) + 1
      documents.set(uri, { text, version })
      if (!current) return void alive().catch((error) => onProblem((error as Error).message))
      if (version === 1) return open(current, uri, { text, version })
      const textDocument = { uri, version }
      tell(current, 'textDocument/didChange', { textDocument, contentChanges: [{ text }] })
    },
    close(uri) {
      if (!documents.delete(uri)) return
      if (current) tell(current, 'textDocument/didClose', { textDocument: { uri } })
      if (documents.size > 0) return
      clearTimeout(idle)
      idle = setTimeout(() => void life?.then(({ process }) => process.kill()).catch(() => {}), idleMs)
      idle.unref()
    },
    async request<Result>(method: string, params: unknown) {
      try {
        return await attempt<Result>(method, params)
      } catch (error) {
        if (!(error instanceof ServerLost) || ended) throw error
        return attempt<Result>(method, params)
      }
    },
    changed(changes) {
      if (current) tell(current, 'workspace/didChangeWatchedFiles', { changes })
    },
    end() {
      ended = true
      clearTimeout(idle)
      void life?.then(({ process }) => process.kill()).catch(() => {})
    },
  }
}

class ServerLost extends Error {
  override name = 'ServerLost'
  constructor(reason: string) {
    super(`the TypeScript language server ended: ${reason}`)
  }
}

/** What the server itself answered, as against a broken line. */
const isRefusal = (error: unknown) => error instanceof ResponseError && !brokenLine.has(error.code)
const brokenLine = new Set<number>([
  ErrorCodes.MessageWriteError,
  ErrorCodes.MessageReadError,
  ErrorCodes.PendingResponseRejected,
  ErrorCodes.ConnectionInactive,
])

const lost = (process: ServerProcess) =>
  process.exited.then((reason): never => {
    throw new ServerLost(reason)
  })

function open(
  connection: MessageConnection,
  uri: string,
  { text, version }: { text: string; version: number },
) {
  tell(connection, 'textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version, text } })
}

/** A message that a server which has just ended need not hear: the next one reads all documents. */
const tell = (connection: MessageConnection, method: string, params: unknown) =>
  void connection.sendNotification(method, params).catch(() => {})
