import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Refusal } from '../refusal'
import type { Serving } from '../versions'

/** `body`: what the version's reader takes; `state`: what the answer's form needs of the question. */
export type Read<State> = { body: unknown; state: State }

export type Answered = {
  requestId: string
  serving: Serving
  endpoint: string
  predictions: unknown[]
  /** The same as JSON text, which the log keeps. */
  json: string
}

/** `status`: 200 unless given. */
export type Text = { status?: number; body: string | Buffer; headers?: Record<string, string> }

/** How one protocol writes a question, its answer and a refusal. All of them end in the same records. */
export type Form<State = undefined> = {
  /** Before the body is read. Throws `Refusal` 413 or 415. */
  check(request: IncomingMessage): void
  /** Throws `Refusal` 400. */
  read(bytes: Buffer, headers: IncomingHttpHeaders, serving: Serving): Read<State>
  write(answer: Answered, state: State): Text
  refuse(refusal: Refusal, requestId: string): string
}

// A state is made and used by the same form: nobody between them looks into it.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyForm = Form<any>
