import { z } from 'zod'
import { type UploadedFile, uploadPart } from './inputs'
import type { Candidate } from './kernel'
import { type LanguageResults, languageAsks } from './language'
import { type SqlResults, sqlAsks } from './sql'
import { type TableResults, tableAsks } from './tables'
import { type VariableResults, variableAsks } from './variables'

/**
 * What a page asks of a notebook's kernel child, or of its host, by name: a browser's `notebook.ask` goes through the
 * door with the ask's `action`, its parameters are checked, and it travels on as it is. `child` asks need a live kernel
 * and wait while a cell holds its event loop; `host` asks need none.
 */
type Ask = {
  to: 'child' | 'host'
  /** Of `lib/permissions`. */
  action: 'notebook.read' | 'notebook.write' | 'kernel.execute' | 'kernel.control'
  params: z.ZodType
  timeoutMs?: number
}

const cellId = z.string().regex(/^[0-9a-z]{1,64}$/)

export const asks = {
  /** What could be promoted from a cell. */
  candidates: { to: 'child', action: 'kernel.execute', params: z.object({ cellId }), timeoutMs: 10_000 },
  /** The next part of a file for an input. */
  'input.upload': { to: 'child', action: 'kernel.execute', params: uploadPart, timeoutMs: 60_000 },
  /** Ends a training after its batch; its cell goes on with the model as it is. */
  'training.stop': {
    to: 'child',
    action: 'kernel.control',
    params: z.object({ id: z.string().max(200) }),
    timeoutMs: 30_000,
  },
  ...languageAsks,
  ...sqlAsks,
  ...tableAsks,
  /** Takes the outputs of executions away, from every page and for good. */
  'outputs.clear': {
    to: 'host',
    action: 'kernel.control',
    params: z.object({
      executions: z.array(z.object({ cellId, executionId: z.string().max(100) })).max(5000),
    }),
  },
  /** Installs, updates and removes packages of the notebook's own, and says whose install scripts may run. */
  'packages.change': {
    to: 'host',
    action: 'notebook.write',
    params: z.object({
      add: z.array(z.string().min(1).max(330)).max(50).optional(),
      remove: z.array(z.string().max(214)).max(50).optional(),
      scripts: z.record(z.string().max(214), z.boolean()).optional(),
    }),
    timeoutMs: 300_000,
  },
  ...variableAsks,
} as const satisfies Record<string, Ask>

/** What each is answered with. */
export type AskResults = {
  candidates: Candidate[]
  'input.upload': UploadedFile
  /** `stopped`: false where it had ended by itself. */
  'training.stop': { stopped: boolean }
  'outputs.clear': object
  /** `restart`: the kernel has loaded what was replaced, and keeps it until then. */
  'packages.change': { restart: boolean }
} & LanguageResults &
  SqlResults &
  TableResults &
  VariableResults

export type AskMethod = keyof typeof asks
export type AskParams<M extends AskMethod> = z.infer<(typeof asks)[M]['params']>
type To<K extends Ask['to']> = { [M in AskMethod]: (typeof asks)[M]['to'] extends K ? M : never }[AskMethod]
export type ChildAsk = To<'child'>
export type HostAsk = To<'host'>

/** How long an answer may take, ms. */
export const askTimeout = (method: AskMethod): number => (asks[method] as Ask).timeoutMs ?? defaultTimeoutMs
const defaultTimeoutMs = 10_000

export const isAskMethod = (method: string): method is AskMethod => Object.hasOwn(asks, method)
