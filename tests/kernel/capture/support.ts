import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { runInThisContext } from 'node:vm'
import { capturePromotion } from '../../../kernel/child/capture'
import { Interrupted } from '../../../kernel/child/context'
import { createImporter } from '../../../kernel/child/importer'
import { createScope } from '../../../kernel/child/scope'
import { transformCell } from '../../../lib/notebook/transform'
import type { PromoteRequest } from '../../../lib/protocol/kernel'
import type { ModelReply, ModelRequest } from '../../../lib/protocol/serving'
import { root } from '../../support/paths'

/** Cells over one scope in this process, as a kernel child runs them. */
export function createCells() {
  const scope = createScope()
  const importer = createImporter({ folder: path.join(root, 'notebooks'), root })
  const kinds = new Map<string, string>()
  let n = 0

  async function run(source: string) {
    const id = String(++n)
    const known = [...kinds.keys()]
    const consts = [...kinds]
      .filter(([, kind]) => kind === 'const' || kind === 'import')
      .map(([name]) => name)
    const { cell, defs } = transformCell(source, { id, known, consts })
    for (const [name, kind] of defs) kinds.set(name, kind)
    const context = {
      meta: importer.meta,
      stop: { epoch: 0 },
      signal: new AbortController().signal,
      after: (_: number, value: unknown) => value,
      tdz: () => {
        throw new Interrupted()
      },
      helper: importer.helper,
      require: importer.require,
      dynamicImport: importer.import,
      declare: (lexical: string[], vars: string[]) => scope.declare(id, lexical, vars),
      import: async (specifier: string, names: [string, string][]) =>
        scope.bind(specifier, names, await importer.import(specifier)),
    }
    const file = runInThisContext(cell.code, { filename: cell.file }) as (
      ...scope: unknown[]
    ) => Promise<unknown>
    return file(scope.S, scope.C, context)
  }
  const promote = (variable: string, data?: unknown, allowUnknown?: string[]) =>
    capturePromotion(
      { S: scope.S, imported: scope.imported, root },
      { cellId: 'a', endpoint: 'test', variable, value: scope.S[variable], data, allowUnknown },
    )
  return { S: scope.S, run, promote }
}

/** A fresh model child. */
export function createModelProcess() {
  const child = fork(path.join(root, 'dist/model.js'), {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let n = 0
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const waiting = new Map<number, (reply: ModelReply) => void>()
  child.on('message', (reply: ModelReply) => waiting.get(reply.n)?.(reply))
  const ask = (request: (n: number) => ModelRequest) =>
    new Promise<ModelReply>((resolve, reject) => {
      const number = ++n
      waiting.set(number, resolve)
      ended.then((code) => reject(new Error(`the model child ended with ${code}`)))
      child.send(request(number))
    })
  return {
    load: (bundle: Uint8Array) => ask((n) => ({ type: 'load', n, bundle })),
    predict: (records: unknown[]) => ask((n) => ({ type: 'predict', n, records })),
    async close() {
      if (child.exitCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** What a fresh process predicts for a promotion's own records. */
export async function freshPredictions({ request, bundle }: { request: PromoteRequest; bundle: Uint8Array }) {
  const model = createModelProcess()
  try {
    const loaded = await model.load(bundle)
    if (loaded.type !== 'loaded') return loaded
    const reply = await model.predict(request.selfTest.records)
    return reply.type === 'predictions' ? reply.predictions : reply
  } finally {
    await model.close()
  }
}
