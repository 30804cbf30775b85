/** How long tabs have to answer, ms. They are of the same browser. */
const answerMs = 150

type Word = { ask: true } | { tab: string }

/**
 * Tabs of this browser that edit one data set. Each has a name of its own for as long as its page lives, so that none
 * writes over what another keeps.
 */
export function joinTabs(datasetId: string, tab: string) {
  const channel = new BroadcastChannel(`cellar:edits:${datasetId}`)
  const heard = new Set<string>()
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if ('tab' in data) heard.add(data.tab)
    else channel.postMessage({ tab } satisfies Word)
  }
  return {
    /** Names of the others that live. */
    async others(): Promise<ReadonlySet<string>> {
      heard.clear()
      channel.postMessage({ ask: true } satisfies Word)
      await new Promise((later) => setTimeout(later, answerMs))
      return new Set(heard)
    },
    leave: () => channel.close(),
  }
}
