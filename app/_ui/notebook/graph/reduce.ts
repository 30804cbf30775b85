import type { Edge } from '../../../../lib/notebook/graph/graph'

/**
 * The inputs of each cell that no other input of it leads to: where b uses a, and c uses both, the way from a to c is
 * seen without a line of its own. `order`: inputs first; what leads back in a cycle is left out.
 */
export function reduce(
  order: readonly string[],
  edges: readonly Pick<Edge, 'from' | 'to'>[],
): Map<string, string[]> {
  const place = new Map(order.map((id, i) => [id, i]))
  const inputs = new Map(order.map((id) => [id, [] as string[]]))
  for (const { from, to } of edges) {
    const [a, b] = [place.get(from), place.get(to)]
    if (a !== undefined && b !== undefined && a < b) inputs.get(to)!.push(from)
  }
  const ancestors = new Map<string, Set<string>>()
  const reduced = new Map<string, string[]>()
  for (const id of order) {
    const own = inputs.get(id)!
    reduced.set(
      id,
      own.filter((input) => !own.some((other) => ancestors.get(other)!.has(input))),
    )
    const all = new Set(own)
    for (const input of own) for (const ancestor of ancestors.get(input)!) all.add(ancestor)
    ancestors.set(id, all)
  }
  return reduced
}
