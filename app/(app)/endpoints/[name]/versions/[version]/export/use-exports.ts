import type { Converters } from '../../../../../../../lib/protocol/study'
import type { VersionExport } from '../../../../../../../lib/registry/exports/list'
import { useLive } from '../../../../../../_ui/use-live'
import type { Wire } from '../../../../../../_ui/wire'

export type Exports = { exports: Wire<VersionExport>[]; converters: Converters | null }

const busyMs = 1_000

/** What Python has written of a version, followed while it writes; undefined until it is known. */
export function useExports(address: string) {
  const { value: known, refresh } = useLive<Exports>(address, {
    everyMs: (known) => (known?.exports.some(({ state }) => state === 'running') ? busyMs : undefined),
  })
  return { known, refresh }
}
