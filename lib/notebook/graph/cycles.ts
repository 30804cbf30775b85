/** Groups of two or more ids that reach each other (Tarjan), each in the order of `ids`. */
export function findCycles(
  ids: readonly string[],
  next: (id: string) => readonly string[],
): readonly (readonly string[])[] {
  const place = new Map(ids.map((id, i) => [id, i]))
  /** In the order of their discovery. */
  const found = new Map<string, number>()
  /** The first discovered id that an id leads back to. */
  const lowest = new Map<string, number>()
  const open: string[] = []
  const isOpen = new Set<string>()
  const cycles: string[][] = []

  const discover = (id: string) => {
    lowest.set(id, found.size)
    found.set(id, found.size)
    open.push(id)
    isOpen.add(id)
    return { id, at: 0 }
  }
  const reach = (id: string, other: number) => lowest.set(id, Math.min(lowest.get(id)!, other))
  const close = (id: string) => {
    if (lowest.get(id) !== found.get(id)) return
    const group = open.splice(open.lastIndexOf(id))
    for (const each of group) isOpen.delete(each)
    if (group.length > 1) cycles.push(group.sort((a, b) => place.get(a)! - place.get(b)!))
  }
  for (const root of ids) {
    if (found.has(root)) continue
    // A stack of our own: a chain of cells may be longer than the engine's.
    const path = [discover(root)]
    while (path.length > 0) {
      const here = path.at(-1)!
      const to = next(here.id)[here.at++]
      if (to === undefined) {
        path.pop()
        close(here.id)
        const before = path.at(-1)
        if (before) reach(before.id, lowest.get(here.id)!)
      } else if (!found.has(to)) path.push(discover(to))
      else if (isOpen.has(to)) reach(here.id, found.get(to)!)
    }
  }
  return cycles
}
