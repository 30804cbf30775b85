import { encodeTrained } from '../../../lib/training/artifact'
import { readData } from '../read-data'
import type { SparkAnswer, SparkJob } from '../spark/job'
import { remoteLearner } from '../spark/remote-learner'
import { train } from '../train'
import type { LearnReply, TrainReply, TrainRequest } from './messages'
import { createTeller } from './tell'

/** The process of one training: it is told once what to train, says how far it is, and ends with its trainer. */
const send = (reply: TrainReply) => process.send!(reply)
process.on('disconnect', () => process.exit())
process.once('message', (request: TrainRequest) => void answer(request))

let asked = 0
/** Has the trainer learn a job on Spark. */
const ask = (job: SparkJob) =>
  new Promise<SparkAnswer>((done, failed) => {
    const n = asked++
    const hear = (reply: LearnReply) => {
      if (reply.n !== n) return
      process.off('message', hear)
      if ('answer' in reply) done(reply.answer)
      else failed(Object.assign(new Error(reply.error.message), { name: reply.error.name }))
    }
    process.on('message', hear)
    send({ type: 'learn', n, job })
  })

async function answer({ file, rows, columns, algorithm, parameters, target, onSpark }: TrainRequest) {
  const teller = createTeller(send)
  try {
    const began = performance.now()
    const data = await readData(file, rows, columns)
    teller.log(`${rows} rows and ${columns.length} columns read in ${seconds(began)}`)
    teller.flush()
    const learned = performance.now()
    const { model, result, schema, selfTest, reference } = await train(
      { algorithm, parameters, data, target },
      teller,
      onSpark ? remoteLearner(ask) : undefined,
    )
    teller.log(`trained and measured in ${seconds(learned)}`)
    teller.flush()
    const candidate = { schema, selfTest, reference, environment: { node: process.versions.node } }
    send({ type: 'done', artifact: encodeTrained(model), result, candidate })
  } catch (error) {
    teller.flush()
    // Another error is a mistake of ours: its trace goes into the log of the trainer.
    const { name = '', message = String(error) } = error as Partial<Error>
    if (name !== 'TrainingError' && name !== 'EngineLost') console.error(error)
    send({ type: 'failed', message, lost: name === 'EngineLost' })
  }
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(2)} s`
