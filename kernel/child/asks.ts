import type { AskParams, AskResults, ChildAsk } from '../../lib/protocol/asks'
import { candidatesOf } from './candidates'
import type { Scope } from './scope'
import type { Training } from './training'

/** What answers a page's asks to the kernel child. */
export type ChildAsks = {
  [M in ChildAsk]: (params: AskParams<M>) => AskResults[M] | Promise<AskResults[M]>
}

export const createAsks = ({ scope, training }: { scope: Scope; training: Training }): ChildAsks => ({
  candidates: ({ cellId }) => candidatesOf(scope, cellId),
  'training.stop': ({ id }) => ({ stopped: training.end(id) }),
})
