import type { Curves, TrainingProgress } from '../../lib/protocol/training'
import type { TrainingNews } from '../../lib/training/claim'

/** Points of one curve that are kept; of more, every second. */
const mostPoints = 1000
/** Of the log, characters: its beginning says what it was, its end how it went. */
const mostLog = 100_000

/** What is known of a training while it goes on: gathered at once, kept now and then. */
export function createNews(log: string) {
  let progress: TrainingProgress | null = null
  const curves: Curves = {}
  let text = log
  let changed = true
  return {
    progress(next: TrainingProgress) {
      progress = next
      changed = true
    },
    point(name: string, step: number, value: number) {
      curves[name] ??= []
      const points = curves[name]
      points.push([step, value])
      if (points.length > mostPoints)
        curves[name] = points.filter((_, i) => i % 2 === 0 || i === points.length - 1)
      changed = true
    },
    log(line: string) {
      text += `${new Date().toISOString()} ${line}\n`
      if (text.length > mostLog) text = `${text.slice(0, mostLog / 2)}\n…\n${text.slice(-mostLog / 2)}`
      changed = true
    },
    /** What has changed since it was asked last. */
    take(): TrainingNews | undefined {
      if (!changed) return
      changed = false
      return { progress, curves, log: text }
    },
  }
}
