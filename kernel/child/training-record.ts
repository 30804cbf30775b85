import type { TrainingOutput } from '../../lib/protocol/mime'

/** What tfjs tells its callbacks: numbers, or scalars on the device. */
export type Logs = Record<string, number | { dataSync(): ArrayLike<number> }> | undefined
export type TrainingParams = { epochs?: number; samples?: number; steps?: number; batchSize?: number }

const points = 400
/** Steps that the rate is taken over, seconds. */
const rateWindow = 5

/** The state of a training card. `clock` in seconds. */
export function createTrainingRecord(clock: () => number) {
  let epochs = 0
  let batches: number | undefined
  let epoch = 0
  let batch = 0
  let step = 0
  let state: TrainingOutput['state'] = 'running'
  let stride = 1
  let batchLoss: [number, number][] = []
  const history: Record<string, number[]> = {}
  const began = clock()
  let marks: [seconds: number, step: number][] = [[began, 0]]

  const note = (loss: number) => {
    batchLoss.push([step, loss])
    if (batchLoss.length <= points) return
    stride *= 2
    batchLoss = batchLoss.filter(([at]) => at % stride === 0)
  }
  const rateNow = () => {
    const now = clock()
    marks = marks.filter(([at], i) => now - at <= rateWindow || i === marks.length - 1)
    const [at, from] = marks[0]!
    return now > at && step > from ? (step - from) / (now - at) : undefined
  }

  return {
    begin(params: TrainingParams) {
      epochs = params.epochs ?? 1
      const { samples, batchSize, steps } = params
      batches = steps ?? (samples && batchSize ? Math.ceil(samples / batchSize) : undefined)
    },
    beginEpoch(at: number) {
      epoch = at
      batch = 0
    },
    endBatch(at: number, logs: Logs) {
      batch = at + 1
      step++
      const now = clock()
      if (now - marks.at(-1)![0] > 0.25) marks.push([now, step])
      // Reading a scalar waits for the device: only those that are drawn.
      if (step % stride === 0) {
        const loss = numberOf(logs?.loss)
        if (loss !== undefined) note(loss)
      }
    },
    /** Gives the epoch's figures. */
    endEpoch(at: number, logs: Logs): Record<string, number> {
      epoch = at + 1
      const figures: Record<string, number> = {}
      for (const [name, value] of Object.entries(logs ?? {})) {
        const number = numberOf(value)
        if (number === undefined) continue
        figures[name] = number
        history[name] ??= []
        history[name].push(number)
      }
      return figures
    },
    finish(end: TrainingOutput['state']) {
      state = end
    },
    output(): TrainingOutput {
      const rate = rateNow()
      const output: TrainingOutput = {
        state,
        epochs,
        epoch,
        batch,
        seconds: clock() - began,
        history: Object.fromEntries(Object.entries(history).map(([name, values]) => [name, [...values]])),
        batchLoss: [...batchLoss],
      }
      if (batches !== undefined) output.batches = batches
      if (rate === undefined) return output
      output.rate = rate
      const left = batches === undefined ? undefined : epochs * batches - step
      if (left !== undefined && state === 'running') output.remaining = Math.max(0, left) / rate
      return output
    },
  }
}

function numberOf(value: number | { dataSync(): ArrayLike<number> } | undefined) {
  const number = typeof value === 'object' ? value.dataSync()[0] : value
  return typeof number === 'number' ? number : undefined
}
