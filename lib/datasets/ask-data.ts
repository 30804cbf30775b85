import { openDataQueue } from '../queues'
import { Refused } from '../refused'
import { askWorkers } from '../registry/ask-workers'
import type { AskData, DataJob, DataReply } from './questions'

/** Longer than making one file of the largest data set takes. */
const dataMs = 300_000

/** Asks the process `data` over its queue. Close it with the process. */
export function createAskData(redisUrl: string): { ask: AskData; close(): Promise<void> } {
  const { ask, close } = askWorkers<DataJob, DataReply>(redisUrl, openDataQueue, {
    what: 'question about a data set',
    timeoutMs: dataMs,
  })
  return {
    async ask(question, what) {
      const reply = await ask({ question, ask: what }).catch((cause: Error) => {
        throw new Refused(503, 'no_data_process', cause.message)
      })
      if (reply.ok) return reply.answer as never
      throw new Refused(reply.status as Refused['status'], reply.code, reply.message, reply.fields)
    },
    close,
  }
}
