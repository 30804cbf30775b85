import type { AskParams, AskResults, ChildAsk } from '../../lib/protocol/asks'
import { candidatesOf } from './candidates'
import type { Scope } from './scope'
import { createTableAsks } from './tables/asks'
import type { ShownTables } from './tables/shown-tables'
import type { Training } from './training'

/** What answers a page's asks to the kernel child. */
export type ChildAsks = {
  [M in ChildAsk]: (params: AskParams<M>) => AskResults[M] | Promise<AskResults[M]>
}

type Offered = { scope: Scope; training: Training; tables: ShownTables }

export const createAsks = ({ scope, training, tables }: Offered): ChildAsks => ({
  ...createTableAsks(tables),
  candidates: ({ cellId }) => candidatesOf(scope, cellId),
  'training.stop': ({ id }) => ({ stopped: training.end(id) }),
})
