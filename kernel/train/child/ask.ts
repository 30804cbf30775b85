import type { RowSource, SparkAnswer, SparkJob } from '../spark/job'
import type { LearnReply, TrainReply } from './messages'

/** Has the trainer learn jobs on Spark, and gives it their rows, one part each time that it asks. */
export function createAsk(send: (reply: TrainReply) => void) {
  let asked = 0
  return (job: SparkJob, parts: RowSource['parts']) =>
    new Promise<SparkAnswer>((done, failed) => {
      const n = asked++
      const rows = parts()
      const end = () => {
        process.off('message', hear)
        void rows.return()
      }
      const give = async () => {
        const { value } = await rows.next()
        send({ type: 'part', n, part: value ?? null })
      }
      const hear = (reply: LearnReply) => {
        if (reply.n !== n) return
        if ('wants' in reply)
          return void give().catch((error) => {
            end()
            failed(error)
          })
        end()
        if ('answer' in reply) done(reply.answer)
        else failed(Object.assign(new Error(reply.error.message), { name: reply.error.name }))
      }
      process.on('message', hear)
      send({ type: 'learn', n, job })
    })
}
