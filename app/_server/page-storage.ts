import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import { createRequire, syncBuiltinESMExports } from 'node:module'

/** After the last page's answer, milliseconds: what Next does behind an answer has its storage, too. */
const lingerMs = 1000

/** From Node 24 on, a storage in use costs a promise nothing. */
const isDear = Number.parseInt(process.versions.node, 10) < 24

/**
 * Next's `AsyncLocalStorage`s, in use only while pages are answered. Before Node 24 one that was ever used makes every
 * promise, timer and socket of the process dearer, for good: a prediction took 6 % more of web's processor. A storage that
 * is disabled enables itself with its next `run`. To be called before Next is loaded; `answering` is told of each of its
 * answers.
 */
export function lendStorageToPages() {
  const storages = new Set<AsyncLocalStorage<unknown>>()
  class Lent<T> extends AsyncLocalStorage<T> {
    constructor(...options: []) {
      super(...options)
      storages.add(this as AsyncLocalStorage<unknown>)
    }
  }
  if (isDear) {
    Object.assign(globalThis, { AsyncLocalStorage: Lent })
    Object.assign(createRequire(import.meta.url)('node:async_hooks'), { AsyncLocalStorage: Lent })
    syncBuiltinESMExports()
  }
  let answers = 0
  let linger: NodeJS.Timeout | undefined
  function rest() {
    for (const storage of storages) storage.disable()
  }
  return {
    answering(response: ServerResponse) {
      if (!isDear) return
      clearTimeout(linger)
      answers++
      response.once('close', () => {
        if (--answers === 0) linger = setTimeout(rest, lingerMs).unref()
      })
    },
  }
}
