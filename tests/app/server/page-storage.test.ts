import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { lendStorageToPages } from '../../../app/_server/page-storage'

const isDear = Number.parseInt(process.versions.node, 10) < 24

test.runIf(isDear)(
  'a storage of pages rests a second after their last answer, and is in use again with the next page',
  async () => {
    const own = new AsyncLocalStorage<string>()
    const pages = lendStorageToPages()
    const { AsyncLocalStorage: Lent } = globalThis as unknown as {
      AsyncLocalStorage: typeof AsyncLocalStorage
    }
    const storage = new Lent<string>()
    const answer = () => {
      const response = new EventEmitter() as ServerResponse
      pages.answering(response)
      return { end: () => response.emit('close') }
    }

    const [first, second] = [answer(), answer()]
    const rests = (name: string) =>
      storage.run(name, async () => {
        while (storage.getStore() === name) await new Promise((turn) => setTimeout(turn, 20))
        return storage.getStore()
      })
    const behind = rests('first page')
    first.end()
    second.end()
    expect(storage.run('at once', () => storage.getStore())).toBe('at once')
    const kept = own.run('not of a page', async () => {
      expect(await behind).toBe(undefined)
      return own.getStore()
    })
    expect(await kept).toBe('not of a page')

    answer()
    expect(
      await storage.run('next page', async () => {
        await new Promise((turn) => setTimeout(turn, 1200))
        return storage.getStore()
      }),
    ).toBe('next page')
  },
)
