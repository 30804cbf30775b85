import { type AskMethod, type AskParams, type AskResults, asks, type HostAsk } from '../../lib/protocol/asks'
import type { NotebookPackages } from './packages/notebook-packages'

/** Who asks, and of which notebook. */
export type Asker = { notebookId: string; userId: string }

/** What answers a page's asks to the host. */
export type HostAsks = {
  [M in HostAsk]: (asker: Asker, params: AskParams<M>) => AskResults[M] | Promise<AskResults[M]>
}

/** Answers an ask to the host; its parameters were checked by web. */
export const answerAsk = (handlers: HostAsks, method: HostAsk, asker: Asker, params: unknown): unknown =>
  // TypeScript cannot pair a method of the union with its own parameters.
  (handlers as Record<string, (asker: Asker, params: unknown) => unknown>)[method]!(asker, params)

export const isHostAsk = (method: AskMethod): method is HostAsk => (asks[method].to as string) === 'host'

/** `packages`: those of a notebook. */
export const createHostAsks = ({
  packages,
}: {
  packages(notebookId: string): NotebookPackages
}): Pick<HostAsks, 'packages.change'> => ({
  'packages.change': ({ notebookId, userId }, change) => packages(notebookId).change(change, userId),
})
