import { mime, type TrainingOutput } from '../../lib/protocol/mime'
import { Interrupted } from './context'
import type { Display } from './display'
import type { Fit, FittedModel, TensorFlow } from './tensorflow'
import { createTrainingRecord, type Logs, type TrainingParams } from './training-record'

/** Shows what trains, as it goes on, without code of the person; and lets a Stop end it. */
export type Training = {
  watch(tf: TensorFlow): void
  /** Asks each model that trains to stop after its batch. */
  stop(): void
  /** Ends one training after its batch, as a callback could: its cell goes on. False where it has ended. */
  end(id: string): boolean
  /** A termination skipped their `finally`: they would be refused the next `fit`. */
  abandon(): void
}

/** At most ten updates a second. */
const updateEvery = 100

export type TrainingHost = {
  /** Whether a Stop waits for the running cell to end. */
  stopAsked(): boolean
  /** An epoch has ended; they count from 1. */
  onEpoch(epoch: number, figures: Record<string, number>): void
}

export function createTraining(display: Display, { stopAsked, onEpoch }: TrainingHost): Training {
  const running = new Map<FittedModel, Pick<Card, 'id' | 'finish'>>()
  const stopped = new Set<FittedModel>()

  const wrap = (tf: TensorFlow, fit: Fit): Fit =>
    async function (...args) {
      // `fit(x, y, options)`, `fitDataset(dataset, options)`.
      const at = fit === originals.get('fit') ? 2 : 1
      const options = { ...((args[at] as FitOptions | undefined) ?? {}) }
      // A training that never yields hears of a Stop nowhere else.
      const card = createCard(display, { onBatch: () => void (stopAsked() && stop(this)), onEpoch })
      options.callbacks = withCallback(tf, options, card)
      options.verbose ??= 0
      args[at] = options
      running.set(this, card)
      try {
        const result = await fit.apply(this, args)
        card.finish(stopped.has(this) ? 'stopped' : 'done')
        if (stopped.has(this) && stopAsked()) throw new Interrupted()
        return result
      } catch (error) {
        card.finish(stopped.has(this) ? 'stopped' : 'failed')
        throw error
      } finally {
        running.delete(this)
        stopped.delete(this)
      }
    }
  const stop = (model: FittedModel) => {
    model.stopTraining = true
    stopped.add(model)
  }
  const originals = new Map<'fit' | 'fitDataset', Fit>()

  return {
    watch(tf) {
      const { prototype } = tf.LayersModel
      for (const name of ['fit', 'fitDataset'] as const) {
        const own = prototype[name]
        originals.set(name, own)
        prototype[name] = wrap(tf, own)
      }
    },
    stop() {
      for (const model of running.keys()) stop(model)
    },
    end(id) {
      const found = [...running].find(([, card]) => card.id === id)
      if (found) stop(found[0])
      return found !== undefined
    },
    abandon() {
      for (const [model, card] of running) {
        model.isTraining = false
        card.finish('stopped')
      }
      running.clear()
      stopped.clear()
    },
  }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

type FitOptions = { callbacks?: unknown; verbose?: number; yieldEvery?: unknown; epochs?: number }
type Card = ReturnType<typeof createCard>

/** The person's callbacks and ours, as tfjs's own classes: it takes either all classes or all plain objects. */
function withCallback(tf: TensorFlow, { callbacks, yieldEvery }: FitOptions, card: Card) {
  const given = Array.isArray(callbacks) ? callbacks : [callbacks ?? {}]
  const theirs = given.map((each: unknown) =>
    typeof (each as { setParams?: unknown }).setParams === 'function'
      ? each
      : new tf.CustomCallback(each as object, yieldEvery ?? 'auto'),
  )
  return [...theirs, Object.assign(new tf.Callback(), card.callback)]
}

type CardHost = { onBatch(): void; onEpoch: TrainingHost['onEpoch'] }

function createCard(display: Display, { onBatch, onEpoch }: CardHost) {
  const id = display.freshId('training')
  const record = createTrainingRecord(() => performance.now() / 1000)
  let shown = 0
  let ended = false

  /** Whether it was time to. */
  const show = (force = false) => {
    const now = performance.now()
    if (!force && now - shown < updateEvery) return false
    const first = shown === 0
    shown = now
    const output = { id, ...record.output() }
    const data = { [mime.training]: output, 'text/plain': describe(output) }
    if (first) display.showBundle(data, id)
    else display.updateBundle(id, data)
    return true
  }
  return {
    id,
    callback: {
      setParams: (params: TrainingParams) => record.begin(params),
      onTrainBegin: async () => void show(true),
      onEpochBegin: async (epoch: number) => record.beginEpoch(epoch),
      onBatchEnd: async (batch: number, logs: Logs) => {
        record.endBatch(batch, logs)
        const isShown = show()
        onBatch()
        // Also in a training that never yields a press of its stop button is heard.
        if (isShown) await nextTurn()
      },
      onEpochEnd: async (epoch: number, logs: Logs) => {
        onEpoch(epoch + 1, record.endEpoch(epoch, logs))
        show()
      },
    },
    finish(state: TrainingOutput['state']) {
      // Refused before it began (bad arguments): there is nothing to show.
      if (ended || shown === 0) return
      ended = true
      record.finish(state)
      show(true)
    },
  }
}

function describe({ state, epoch, epochs, seconds, history }: TrainingOutput) {
  const last = Object.entries(history).map(([name, values]) => `${name} ${values.at(-1)?.toPrecision(4)}`)
  return [`${state}: epoch ${epoch} of ${epochs}`, `${seconds.toFixed(1)} s`, ...last].join(', ')
}
