import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as bench from '../../bench/cellar'

export type Started = Awaited<ReturnType<typeof startCellar>>

/** As the bench starts it, but in a temporary folder, or in the `home` of an earlier start; the folder goes at the stop. */
export async function startCellar(options: bench.CellarOptions = {}) {
  const home = options.home ?? (await mkdtemp(path.join(tmpdir(), 'cellar-test-home-')))
  const cellar = await bench.startCellar({ ...options, home })
  return {
    ...cellar,
    async stop() {
      await cellar.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}
