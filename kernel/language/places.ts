import { fileURLToPath } from 'node:url'
import type { Location, LocationLink } from 'vscode-languageserver-protocol'
import type { CodePlace } from '../../lib/protocol/language'
import { cellOfFile, fromModule } from './module'

/** A place that the server names, as pages know it; undefined where it is in a line of imports that nobody wrote. */
export function toPlace(location: Location | LocationLink): CodePlace | undefined {
  const [uri, range] =
    'targetUri' in location
      ? [location.targetUri, location.targetSelectionRange]
      : [location.uri, location.range]
  if (!uri.startsWith('file:')) return undefined
  const file = fileURLToPath(uri)
  const cellId = cellOfFile(file)
  if (cellId === undefined) return { file, range }
  const within = fromModule(range)
  return within && { cellId, range: within }
}
