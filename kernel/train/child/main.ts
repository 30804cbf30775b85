import { encodeTrained } from '../../../lib/training/artifact'
import { TrainingError } from '../../../lib/training/training-error'
import { readData } from '../read-data'
import { train } from '../train'
import type { TrainReply, TrainRequest } from './messages'
import { createTeller } from './tell'

/** The process of one training: it is told once what to train, says how far it is, and ends with its trainer. */
const send = (reply: TrainReply) => process.send!(reply)
process.on('disconnect', () => process.exit())
process.once('message', (request: TrainRequest) => void answer(request))

async function answer({ file, rows, columns, algorithm, parameters, target }: TrainRequest) {
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
    )
    teller.log(`trained and measured in ${seconds(learned)}`)
    teller.flush()
    const candidate = { schema, selfTest, reference, environment: { node: process.versions.node } }
    send({ type: 'done', artifact: encodeTrained(model), result, candidate })
  } catch (error) {
    teller.flush()
    // Another error is a mistake of ours: its trace goes into the log of the trainer.
    if (!(error instanceof TrainingError)) console.error(error)
    send({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(2)} s`
