import type { TrainReply } from './child/messages'
import type { JobPart, RowSource } from './spark/job'

type Part = Extract<TrainReply, { type: 'part' }>

/** Rows of a question that the process of a training asked: pulled from it, one part at a time. */
export function partsOfChild(ask: (n: number) => void) {
  const waiting = new Map<number, (part: JobPart | null) => void>()
  return {
    parts: (n: number): RowSource['parts'] =>
      async function* () {
        for (;;) {
          const arrived = new Promise<JobPart | null>((done) => waiting.set(n, done))
          ask(n)
          const part = await arrived
          if (!part) return
          yield part
        }
      },
    arrived({ n, part }: Part) {
      waiting.get(n)?.(part)
      waiting.delete(n)
    },
    /** The process is gone: nothing more comes of it. */
    end() {
      for (const done of waiting.values()) done(null)
    },
  }
}
