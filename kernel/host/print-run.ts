import type { Tracked } from '../../lib/protocol/tracking'

/** Gathers what runs record, and says each in one line at its end: its parameters, and its metrics' last values. */
export function createRunLines(): (news: Tracked) => string | undefined {
  const runs = new Map<string, { params: Tracked['params']; last: Map<string, string> }>()
  return ({ run, params, points = {}, end }) => {
    const known = runs.get(run.id) ?? { params: {}, last: new Map() }
    runs.set(run.id, known)
    Object.assign(known.params!, params)
    for (const [name, values] of Object.entries(points)) known.last.set(name, String(values.at(-1)?.[2]))
    if (!end) return
    runs.delete(run.id)
    const facts = [...Object.entries(known.params!), ...known.last].map(([name, value]) => `${name} ${value}`)
    return `run ${run.name ?? run.id} ${end.state}: ${facts.join(', ') || 'nothing recorded'}`
  }
}
