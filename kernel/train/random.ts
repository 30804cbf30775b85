/** Numbers from 0 to 1 that look random and are the same for the same seed (sfc32). */
export type Random = () => number

export function seededRandom(seed: number): Random {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, seed | 0, 1]
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 2 ** 32
  }
  // The first ones depend little on the seed.
  for (let i = 0; i < 15; i++) next()
  return next
}

/** A whole number below `end`. */
export const below = (random: Random, end: number) => Math.floor(random() * end)

/** Puts the numbers into a random order, in place. */
export function shuffle<Numbers extends Int32Array | number[]>(numbers: Numbers, random: Random): Numbers {
  for (let i = numbers.length - 1; i > 0; i--) {
    const j = below(random, i + 1)
    const value = numbers[i]!
    numbers[i] = numbers[j]!
    numbers[j] = value
  }
  return numbers
}

/** `count` of the numbers below `end`, in rising order; all of them where there are fewer. */
export function sample(end: number, count: number, random: Random): Int32Array {
  if (count >= end) return Int32Array.from({ length: end }, (_, i) => i)
  const chosen = new Int32Array(count)
  let taken = 0
  // Selection sampling (Knuth, algorithm S).
  for (let i = 0; taken < count; i++) if (random() * (end - i) < count - taken) chosen[taken++] = i
  return chosen
}
