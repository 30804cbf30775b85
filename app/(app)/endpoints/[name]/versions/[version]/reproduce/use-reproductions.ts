import type { Reproduction as Row } from '../../../../../../../lib/registry/reproduce/list'
import { useLive } from '../../../../../../_ui/use-live'
import type { Wire } from '../../../../../../_ui/wire'

export type Reproduction = Wire<Row>

const busyMs = 1_000

/** A version's reproductions at an address of the API, followed while one runs. `refresh`: now, after a press. */
export function useReproductions(address: string, first: Reproduction[]) {
  const isBusy = (rows: readonly Reproduction[]) => rows.some(({ state }) => state === 'running')
  const { value, refresh } = useLive(address, {
    first: { reproductions: first },
    everyMs: (known) => (known && isBusy(known.reproductions) ? busyMs : undefined),
  })
  const reproductions = value?.reproductions ?? first
  return { reproductions, busy: isBusy(reproductions), refresh }
}
