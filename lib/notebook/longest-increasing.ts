/** Indexes of a longest increasing subsequence of different numbers: what stays in place when a list is reordered. */
export function longestIncreasing(numbers: readonly number[]): Set<number> {
  /** For each length, the index of the smallest number that ends a subsequence so long. */
  const ends: number[] = []
  const before: (number | undefined)[] = []
  for (const [index, number] of numbers.entries()) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (numbers[ends[middle]!]! < number) low = middle + 1
      else high = middle
    }
    before[index] = ends[low - 1]
    ends[low] = index
  }
  const found = new Set<number>()
  for (let index = ends.at(-1); index !== undefined; index = before[index]) found.add(index)
  return found
}
