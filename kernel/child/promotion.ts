import type { Backend } from '../../lib/protocol/events'
import type { Promoted } from '../../lib/protocol/kernel'
import { mime } from '../../lib/protocol/mime'
import type { ReadData } from '../../lib/protocol/read-data'
import { markShown } from '../sdk/shown'
import type { capturePromotion } from './capture'
import type { Display } from './display'
import type { HostCalls } from './host-calls'
import type { Scope } from './scope'

export type PromotionOptions = {
  scope: Scope
  root: string
  /** Those that were added to the notebook, with their versions. */
  packages: () => Record<string, string>
  /** Given to this kernel, value → name: they stay in it. */
  secrets: () => ReadonlyMap<string, string>
  hostCalls: HostCalls
  display: Display
  /** Loads the capture, which brings the parser, at the first promotion. */
  load: () => { capturePromotion: typeof capturePromotion }
  /** tfjs if it is loaded, and what a version says of its making. */
  tensorflow: () => { tf: unknown; backend: Backend } | undefined
  /** The run that a cell recorded. */
  runOf: (cellId: string) => string | undefined
  /** Files that cells have read. */
  files: () => ReadData[]
}

export type Promotion = {
  /** From a cell: `promote(name, value, …)`; also shows the endpoint there. */
  fromCell(
    cellId: string,
    endpoint: string,
    value: unknown,
    options: { data?: unknown; allow?: string[] },
  ): Promise<Promoted>
  /** From the page, by the variable's name. */
  ofVariable(cellId: string, variable: string, endpoint: string): Promise<Promoted>
}

export function createPromotion({
  scope,
  root,
  packages,
  secrets,
  hostCalls,
  display,
  load,
  tensorflow,
  runOf,
  files,
}: PromotionOptions): Promotion {
  const promote = async (
    cellId: string,
    endpoint: string,
    variable: string,
    value: unknown,
    { data, allow }: { data?: unknown; allow?: string[] } = {},
  ) => {
    const { S, imported } = scope
    const loaded = tensorflow()
    const { request, bundle } = await load().capturePromotion(
      { S, imported, root, packages: packages(), secrets: secrets() },
      {
        cellId,
        endpoint,
        variable,
        value,
        data,
        allowUnknown: allow,
        tf: loaded?.tf,
        environment: loaded && { [`backend ${loaded.backend.name}`]: loaded.backend.version ?? '' },
      },
    )
    // The cell that promotes need not be the one that trained.
    const runId = runOf(cellId) ?? runOf(scope.owners.get(variable) ?? '')
    const params = { ...request, files: files(), ...(runId && { runId }) }
    return (await hostCalls.call({ method: 'promote', params }, bundle)) as Promoted
  }
  return {
    async fromCell(cellId, endpoint, value, options) {
      const promoted = await promote(cellId, endpoint, nameOf(scope, value), value, options)
      const { version, url } = promoted
      display.showBundle({
        [mime.endpoint]: promoted,
        // Without a page there is no address.
        'text/plain': url
          ? `${promoted.endpoint} ${version} answers at ${url}`
          : `${promoted.endpoint} ${version}`,
      })
      return markShown(promoted)
    },
    async ofVariable(cellId, variable, endpoint) {
      if (!Object.hasOwn(scope.S, variable) || scope.S[variable] === undefined)
        throw new ReferenceError(`run the cell first, so that the name has a value: ${variable}`)
      return promote(cellId, endpoint, variable, scope.S[variable])
    },
  }
}

/** The shared name that holds `value`; `''` for an expression's value. */
const nameOf = ({ S, imported }: Scope, value: unknown) =>
  Object.keys(S).find((name) => S[name] === value && !imported.has(name)) ?? ''
