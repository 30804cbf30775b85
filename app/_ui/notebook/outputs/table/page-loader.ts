import type { AskParams } from '../../../../../lib/protocol/asks'
import type { TablePage } from '../../../../../lib/protocol/tables'

export type PageRequest = Omit<AskParams<'table.page'>, 'counted'>

type Options = {
  ask: (request: AskParams<'table.page'>) => Promise<TablePage>
  /** `request`: the one that this answers; its count may follow. */
  show: (page: TablePage, request: PageRequest) => void
  fail: (error: unknown) => void
  /** Whether something is asked for, and since when it is waited for. */
  loading: (is: boolean) => void
}

/**
 * Asks for one page at a time. Of what is wanted meanwhile only the newest is asked for next: a person who types a
 * search makes no queue of them in the kernel.
 */
export function createPageLoader({ ask, show, fail, loading }: Options) {
  let wanted: AskParams<'table.page'> | undefined
  let busy = false
  let closed = false

  async function work() {
    if (busy) return
    busy = true
    loading(true)
    while (wanted && !closed) {
      const request = wanted
      wanted = undefined
      try {
        const page = await ask(request)
        if (closed) break
        if (wanted) continue
        const { counted: _, ...asked } = request
        show(page, asked)
        if (!page.counted) wanted = { ...request, counted: true }
      } catch (error) {
        if (!wanted && !closed) fail(error)
      }
    }
    busy = false
    if (!closed) loading(false)
  }

  return {
    /** Shows this page next, instead of what was wanted before. */
    want(request: PageRequest) {
      wanted = { ...request, counted: false }
      void work()
    },
    close() {
      closed = true
    },
  }
}
