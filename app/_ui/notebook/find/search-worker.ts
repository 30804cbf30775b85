import { searchTexts } from './search'
import type { Answer, Asked } from './searcher'

// Beside the page, which ends it when an expression takes too long.
const page = self as unknown as {
  onmessage: ((event: MessageEvent<Asked>) => void) | null
  postMessage(answer: Answer): void
}

page.onmessage = ({ data: { query, texts } }) => page.postMessage({ matches: searchTexts(query, texts) })
page.postMessage('ready')
