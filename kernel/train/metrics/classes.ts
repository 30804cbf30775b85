import type { Metric } from '../../../lib/protocol/training-result'

/** `probabilities`: row by row, a number for each class. */
export type Told = { labels: Int32Array; probabilities: Float64Array; classes: number }

/** Rows of what is true, columns of what was said. */
export function confusionOf({ labels, probabilities, classes }: Told): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]![saidOf(probabilities, classes, i)]!++
  return counts
}

function saidOf(probabilities: Float64Array, classes: number, row: number): number {
  let best = 0
  for (let c = 1; c < classes; c++)
    if (probabilities[row * classes + c]! > probabilities[row * classes + best]!) best = c
  return best
}

export function accuracyOf({ labels, probabilities, classes }: Told): number {
  let right = 0
  for (let i = 0; i < labels.length; i++) if (saidOf(probabilities, classes, i) === labels[i]) right++
  return right / labels.length
}

export function logLossOf({ labels, probabilities, classes }: Told): number {
  let total = 0
  for (let i = 0; i < labels.length; i++)
    total -= Math.log(Math.min(1, Math.max(1e-15, probabilities[i * classes + labels[i]!]!)))
  return total / labels.length
}

/** Harmonic mean of precision and recall, of each class alike. */
export function macroF1(confusion: number[][]): number {
  const scores = confusion.map((row, c) => {
    const found = row[c]!
    const said = confusion.reduce((sum, each) => sum + each[c]!, 0)
    const real = row.reduce((sum, count) => sum + count, 0)
    return said + real === 0 ? 0 : (2 * found) / (said + real)
  })
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

/** Chance that a row of the class is given a higher number than another row. NaN where there are only those, or none. */
export function areaUnderCurve(labels: Int32Array, own: number, scores: Float64Array): number {
  const order = Int32Array.from(scores, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!)
  let positives = 0
  let ranks = 0
  for (let i = 0; i < order.length; ) {
    let end = i
    while (end < order.length && scores[order[end]!] === scores[order[i]!]) end++
    // Ties share the middle of their ranks.
    const rank = (i + 1 + end) / 2
    for (; i < end; i++)
      if (labels[order[i]!] === own) {
        positives++
        ranks += rank
      }
  }
  const negatives = order.length - positives
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives)
}

const scoresOf = ({ probabilities, classes, labels }: Told, c: number) =>
  Float64Array.from(labels, (_, i) => probabilities[i * classes + c]!)

/** Two classes: of the second. More: each against the others, on average. */
export function auc(told: Told): number {
  if (told.classes === 2) return areaUnderCurve(told.labels, 1, scoresOf(told, 1))
  const each = Array.from({ length: told.classes }, (_, c) =>
    areaUnderCurve(told.labels, c, scoresOf(told, c)),
  ).filter((value) => !Number.isNaN(value))
  return each.reduce((sum, value) => sum + value, 0) / each.length
}

const rocPoints = 200

/** How many others are let in when so many of the second class are found. */
export function rocOf(told: Told): [number, number][] {
  const scores = scoresOf(told, 1)
  const order = Int32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!)
  const positives = told.labels.filter((label) => label === 1).length
  const negatives = order.length - positives
  const points: [number, number][] = [[0, 0]]
  let [found, others] = [0, 0]
  for (let i = 0; i < order.length; i++) {
    if (told.labels[order[i]!] === 1) found++
    else others++
    if (i + 1 === order.length || scores[order[i]!] !== scores[order[i + 1]!])
      points.push([others / negatives, found / positives])
  }
  if (points.length <= rocPoints) return points
  return Array.from(
    { length: rocPoints },
    (_, i) => points[Math.round((i * (points.length - 1)) / (rocPoints - 1))]!,
  )
}

export function classMetrics(told: Told): Metric[] {
  const metrics: Metric[] = [
    { name: 'accuracy', value: accuracyOf(told), better: 'higher' },
    { name: 'log loss', value: logLossOf(told), better: 'lower' },
    { name: 'AUC', value: auc(told), better: 'higher' },
    { name: 'F1 (macro)', value: macroF1(confusionOf(told)), better: 'higher' },
  ]
  return metrics.filter(({ value }) => Number.isFinite(value))
}
