import { inspectedEntries } from '../../../lib/protocol/limits'
import type { Inspected } from '../../../lib/protocol/variables'
import type { Scope } from '../scope'
import { entriesOf } from './entries'
import { keyText } from './preview'
import { summarise } from './summarise'

/** What is inside of a variable, or of what `path` leads to in it: the entries from `from` on. */
export function inspectVariable(
  { S, owners }: Scope,
  name: string,
  path: readonly number[],
  from: number,
): Inspected {
  if (!owners.has(name) || !Object.hasOwn(S, name))
    throw new Error(`no variable has this name any more: ${name}`)
  let value = S[name]
  for (const place of path) {
    const [entry] = entriesOf(value, place, 1).entries
    if (!entry) throw new Error(`the value of ${name} has changed`)
    value = entry[1]
  }
  const { entries, total } = entriesOf(value, from, inspectedEntries)
  return { entries: entries.map(([key, inner]) => ({ key: keyText(key), ...summarise(inner) })), total }
}
