import { z } from 'zod'
import { type Environment, environment } from '../notebook/environment'
import type { AskMethod } from './asks'
import type { HostDataset, ReadVersion } from './dataset-read'
import { backend, type ExecutionAsked, isolation, kernelEvent, kernelStats, position } from './events'
import type { FileChange } from './files'
import type { InputChange } from './inputs'
import type { LanguageCells, ProblemsFound } from './language'
import type { HostReport } from './report'
import type { PullNews, PullOrder } from './repository'
import type { ReproductionNews, ReproductionOrder } from './reproduction'
import { secretName } from './secrets'

/**
 * Between web and a `host`, over socket.io, namespace `/hosts`. The host connects out with `auth: HostHello`.
 * Every emit with a reply is answered with `Answer`. Large bytes go over HTTP beside it, with the same token:
 *   POST /internal/versions   `authorization: Bearer <token>`, `x-cellar-promotion: <base64url JSON of Promotion>`,
 *     body: `lib/protocol/promotion-body` → Promoted as JSON, or `{ error: { code, message } }`. The promotion holds the
 *     cell's source: web's server takes headers of up to 1 MB (`maxHeaderSize`).
 */
export const hostHello = z.object({
  token: z.string(),
  name: z.string().min(1).max(100),
  isolation,
  backend,
  /** Kernels that live on it, each with the last event it numbered. */
  kernels: z.array(z.object({ notebookId: z.uuid(), position })),
})
export type HostHello = z.infer<typeof hostHello>

export type Answer<T = object> = ({ ok: true } & T) | { ok: false; error: { code: string; message: string } }

/** host → web: acknowledged after the commit; until then the host keeps them on disk and sends them again. */
export const hostEvents = z.object({ notebookId: z.uuid(), events: z.array(kernelEvent).min(1) })
export type HostEvents = z.infer<typeof hostEvents>
/** A notebook's packages have changed, by what a person asked or by what a cell of theirs imports. */
export const hostPackages = z.object({ notebookId: z.uuid(), userId: z.uuid(), environment })
export type HostPackages = z.infer<typeof hostPackages>
/** Environments (`environmentKey`) and notebooks of which a machine keeps something. */
export const packagesInUse = z.object({
  environments: z.array(z.string().max(100)).max(10_000),
  notebooks: z.array(z.uuid()).max(10_000),
})
export type PackagesInUse = z.infer<typeof packagesInUse>
export const hostInstalling = z.object({ notebookId: z.uuid(), line: z.string().max(300) })
export const hostSecret = z.object({ notebookId: z.uuid(), userId: z.uuid(), name: secretName })
export type HostSecret = z.infer<typeof hostSecret>
export const hostStats = z.object({ notebookId: z.uuid(), stats: kernelStats })

/** Beside a bundle that the host hands to web. */
export const promotion = z.object({
  notebookId: z.uuid(),
  userId: z.uuid(),
  endpoint: z.string(),
  cellId: z.string(),
  variable: z.string(),
  cellSource: z.string(),
  environment: z.record(z.string(), z.string()),
})
export type Promotion = z.infer<typeof promotion>

/** What web asks of a notebook's files, for people who may. */
export type FilesCall =
  | { method: 'list'; path: string }
  | { method: 'read'; path: string; offset: number }
  | { method: 'begin'; path: string }
  | { method: 'append'; upload: string; data: Uint8Array }
  /** Without a path the upload is dropped. */
  | { method: 'end'; upload: string; path?: string }
  | { method: 'change'; change: FileChange }

/** web → host. `kernel.start` is idempotent for an epoch; the others answer `no_kernel` where none lives, `notebook.ask` only for asks to the child. */
export interface WebToHost {
  'kernel.start'(message: { notebookId: string; epoch: number }, reply: (answer: Answer) => void): void
  /**
   * Executes cells in this order, after what is queued. `userId`: who asked, for what the cell promotes. A failure
   * cancels what waits for the failed cell (`inputs`); with `inPageOrder`, all that follows. `inTurn`: an earlier such
   * message comes to its end first, and of those that arrive meanwhile each cell runs once, as it was asked last: what
   * depends on a slider follows it without queueing up.
   */
  'kernel.execute'(
    message: {
      notebookId: string
      userId: string
      cells: ({ cellId: string; executionId: string } & ExecutionAsked)[]
      inPageOrder?: boolean
      inTurn?: boolean
    },
    reply: (answer: Answer) => void,
  ): void
  /** People moved inputs: their variables change before the next cell runs. */
  'kernel.inputs'(
    message: { notebookId: string; changes: InputChange[] },
    reply: (answer: Answer) => void,
  ): void
  /** Stops the running cell and cancels the queued ones. Answers when the kernel is idle or was replaced. */
  'kernel.interrupt'(
    message: { notebookId: string },
    reply: (answer: Answer<{ kept: boolean }>) => void,
  ): void
  /** Takes a queued execution back, and those that wait for it. */
  'kernel.cancel'(message: { notebookId: string; executionId: string }, reply: (answer: Answer) => void): void
  /**
   * Ends the child; with an epoch, starts a new one in its place. `unused`: only one in which nothing runs or waits, else
   * the answer is `busy`; it is the reason that pages show.
   */
  'kernel.stop'(
    message: { notebookId: string; restart?: { epoch: number }; unused?: string },
    reply: (answer: Answer) => void,
  ): void
  'kernel.forget'(message: { notebookId: string; cellId: string }): void
  /** What the document says of the notebook's packages; before what needs it, once per change. */
  'notebook.packages'(message: { notebookId: string; environment: Environment }): void
  /** See `lib/protocol/asks`; the parameters were checked. */
  'notebook.ask'(
    message: { notebookId: string; userId: string; method: AskMethod; params: unknown },
    reply: (answer: Answer<{ result: unknown }>) => void,
  ): void
  'notebook.files'(
    message: { notebookId: string; call: FilesCall },
    reply: (answer: Answer<{ result: unknown }>) => void,
  ): void
  'kernel.promote'(
    message: { notebookId: string; userId: string; cellId: string; variable: string; endpoint: string },
    reply: (answer: Answer<{ promoted: import('./kernel').Promoted }>) => void,
  ): void
  /** A part of an execution's full log. `size`: bytes in all. Empty `data` at the end. */
  'kernel.log'(
    message: { notebookId: string; executionId: string; offset: number },
    reply: (answer: Answer<{ data: Uint8Array; size: number; cut: boolean }>) => void,
  ): void
  /** Events after a position, which web has lost or never seen. */
  'kernel.resend'(message: { notebookId: string; after: z.infer<typeof position> }): void
  /** Pulls a repository, tests it and runs its notebook; answered at once, how it goes comes as `pull.news`. */
  'pull.begin'(message: PullOrder, reply: (answer: Answer) => void): void
  /** Runs a version's cells again; answered at once, how it goes comes as `reproduction.news`. */
  'reproduction.begin'(message: ReproductionOrder, reply: (answer: Answer) => void): void
  'reproduction.cancel'(message: { reproductionId: string }, reply: (answer: Answer) => void): void
  /** Texts of cells, while somebody has the notebook open. */
  'language.cells'(message: LanguageCells): void
  /** Nobody has it open any more. */
  'language.close'(message: { notebookId: string }): void
}

export interface HostToWeb {
  events(message: HostEvents, reply: (answer: Answer) => void): void
  stats(message: z.infer<typeof hostStats>): void
  /** How the host does, every few seconds; may be lost. */
  report(message: HostReport): void
  /** May be lost: a page that comes back asks for what there is. */
  'language.problems'(message: ProblemsFound): void
  /** Acknowledged once it is in the document. */
  packages(message: z.infer<typeof hostPackages>, reply: (answer: Answer) => void): void
  /** Which of these are used by a notebook or its history: the machine deletes what it keeps for the others. */
  'packages.used'(message: PackagesInUse, reply: (answer: Answer<PackagesInUse>) => void): void
  /** How a pull goes; acknowledged after the commit. */
  'pull.news'(message: PullNews, reply: (answer: Answer) => void): void
  /** How a reproduction goes; acknowledged after the commit. */
  'reproduction.news'(message: ReproductionNews, reply: (answer: Answer) => void): void
  /** A line of what an installation does; may be lost. */
  installing(message: z.infer<typeof hostInstalling>): void
  /** A person's cell asks for a secret. The host keeps the value out of everything that the kernel says. */
  secret(message: z.infer<typeof hostSecret>, reply: (answer: Answer<{ value: string }>) => void): void
  /** A person's cell reads a data set; that it did is recorded. */
  dataset(message: HostDataset, reply: (answer: Answer<{ version: ReadVersion }>) => void): void
  /** A cell could not be stopped and its kernel was ended: begins the next life, as a restart does, and answers its epoch. */
  'kernel.epoch'(
    message: { notebookId: string; after: number },
    reply: (answer: Answer<{ epoch: number }>) => void,
  ): void
}
