import { listedVariables } from '../../../lib/protocol/limits'
import type { Variables } from '../../../lib/protocol/variables'
import type { Scope } from '../scope'
import { summarise } from './summarise'

/** What a notebook's cells have defined, the newest first. */
export function listVariables({ S, owners, imported }: Scope): Variables {
  const all = [...owners].filter(([name]) => Object.hasOwn(S, name) && name !== 'default').reverse()
  const own = all.filter(([name]) => !imported.has(name))
  const variables = own
    .slice(0, listedVariables)
    .map(([name, cellId]) => ({ name, cellId, ...summarise(S[name]) }))
  return { variables, imports: all.length - own.length, more: own.length - variables.length }
}
