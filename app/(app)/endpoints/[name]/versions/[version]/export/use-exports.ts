import { useCallback, useEffect, useState } from 'react'
import type { Converters } from '../../../../../../../lib/protocol/study'
import type { VersionExport } from '../../../../../../../lib/registry/exports/list'
import { api } from '../../../../../../_ui/api'
import type { Wire } from '../../../../../../_ui/wire'

export type Exports = { exports: Wire<VersionExport>[]; converters: Converters | null }

const busyMs = 1_000

/** What Python has written of a version, followed while it writes; undefined until it is known. */
export function useExports(address: string) {
  const [known, setKnown] = useState<Exports>()
  const refresh = useCallback(async () => setKnown(await api<Exports>('GET', address)), [address])
  const busy = known?.exports.some(({ state }) => state === 'running') ?? false
  useEffect(() => {
    refresh().catch(() => {})
  }, [refresh])
  useEffect(() => {
    if (!busy) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') refresh().catch(() => {})
    }, busyMs)
    return () => clearInterval(timer)
  }, [busy, refresh])
  return { known, refresh }
}
