import type { AbFigures } from '../protocol/abtests'

/** Chance of naming a winner where all are equally good. */
export const level = 0.05

export type Decision = { winner: string | null; reason: string }

/**
 * The version that is better than the control beyond doubt, or the control where every other is worse so. With several
 * challengers each has its part of the level (Bonferroni).
 */
export function decide(figures: AbFigures[], minLabels: number): Decision {
  const [control, ...challengers] = figures as [AbFigures, ...AbFigures[]]
  const few = figures.find(({ labels }) => labels < minLabels)
  if (few)
    return {
      winner: null,
      reason: `too few labels: ${few.version} has ${few.labels} of the ${minLabels} that each needs`,
    }
  const certain = level / challengers.length
  const share = ({ accuracy }: AbFigures) => accuracy?.share ?? 0
  const better = challengers
    .filter((each) => each.p! <= certain && share(each) > share(control))
    .sort((a, b) => share(b) - share(a))[0]
  if (better) return { winner: better.version, reason: `${sentence(better)}, ${sentence(control)}` }
  if (challengers.every((each) => each.p! <= certain && share(each) < share(control)))
    return {
      winner: control.version,
      reason: `every other version is right less often than ${control.version}`,
    }
  return { winner: null, reason: 'no difference beyond chance was found' }
}

const sentence = ({ version, accuracy }: AbFigures) =>
  `${version} was right in ${((accuracy?.share ?? 0) * 100).toFixed(1)} %`
