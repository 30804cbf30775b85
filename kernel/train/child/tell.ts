import type { Curves, TrainingProgress } from '../../../lib/protocol/training'
import type { Progress } from '../progress'
import type { TrainReply } from './messages'

/** How often the trainer is told how far it is, milliseconds. */
const tellMs = 100

/** Gathers steps and lines, and sends them a few times a second. */
export function createTeller(send: (reply: TrainReply) => void): Progress & { flush(): void } {
  let progress: TrainingProgress | null = null
  let points: Curves = {}
  let lines: string[] = []
  let told = 0
  const flush = () => {
    told = performance.now()
    send({ type: 'news', progress, points, lines })
    points = {}
    lines = []
  }
  return {
    flush,
    log(line) {
      lines.push(line)
    },
    async step(done, of, what, values = {}) {
      progress = { done, of, what }
      for (const [name, value] of Object.entries(values)) {
        points[name] ??= []
        points[name].push([done, value])
      }
      if (performance.now() - told < tellMs) return
      flush()
      // The message leaves, and its loss is noticed, only when others have their turn.
      await new Promise((turn) => setImmediate(turn))
    },
  }
}
