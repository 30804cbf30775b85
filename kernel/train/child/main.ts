import { encodeTrained } from '../../../lib/training/artifact'
import { mostWidth } from '../fit-features'
import { trainLarge } from '../large/train-large'
import { readData } from '../read-data'
import { remoteLearner } from '../spark/remote-learner'
import { train } from '../train'
import { createAsk } from './ask'
import type { TrainReply, TrainRequest } from './messages'
import { createTeller } from './tell'

/** The process of one training: it is told once what to train, says how far it is, and ends with its trainer. */
const send = (reply: TrainReply) => process.send!(reply)
process.on('disconnect', () => process.exit())
process.once('message', (request: TrainRequest) => void answer(request))

const ask = createAsk(send)
/** Numbers that are held in memory, where Spark learns; more are read part by part. Bytes. */
const usualLargeBytes = 2 ** 29

async function answer(request: TrainRequest) {
  const teller = createTeller(send)
  try {
    const began = performance.now()
    const { model, result, schema, selfTest, reference } = await trainAsAsked(request, teller)
    teller.log(`read, trained and measured in ${seconds(began)}`)
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

async function trainAsAsked(request: TrainRequest, teller: ReturnType<typeof createTeller>) {
  const { file, rows, columns, algorithm, parameters, target, onSpark } = request
  const bytes = 8 * rows * mostWidth(columns, algorithm)
  if (onSpark && bytes > (request.largeBytes ?? usualLargeBytes))
    return trainLarge(request, teller, (source) => remoteLearner(ask, source))
  const began = performance.now()
  const data = await readData(file, rows, columns)
  teller.log(`${rows} rows and ${columns.length} columns read in ${seconds(began)}`)
  teller.flush()
  const task = { algorithm, parameters, data, target }
  return train(task, teller, onSpark ? remoteLearner(ask) : undefined)
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(2)} s`
