import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createPackageStore, installedName } from '../../../../kernel/host/packages/store'
import { sweepPackages } from '../../../../kernel/host/packages/sweep'
import { environmentKey } from '../../../../lib/machines/environment-key'
import type { PackagesInUse } from '../../../../lib/protocol/hosts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const days = (count: number) => new Date(Date.now() - count * 86_400_000)
const environmentOf = (lock: string) => ({ packages: { a: '1' }, lock, scripts: [] })

/** A machine's folder of environments; `path`s with a file in each, last used so many days ago. */
function machine(paths: Record<string, number>) {
  const folder = mkdtempSync(join(tmpdir(), 'cellar-sweep-'))
  folders.push(folder)
  for (const [path, age] of Object.entries(paths)) {
    mkdirSync(join(folder, path, 'node_modules'), { recursive: true })
    writeFileSync(join(folder, path, 'node_modules', 'index.js'), '')
    utimesSync(join(folder, path), days(age), days(age))
  }
  const left = () => ['installed', 'notebooks'].flatMap((name) => readdirSync(join(folder, name)).sort())
  return { folder, left }
}
const [one, two] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']

test('environments and notebooks that nothing uses go, those in use and those used lately stay', async () => {
  const [used, unused, fresh] = ['used', 'unused', 'fresh'].map((lock) => installedName(environmentOf(lock)))
  const { folder, left } = machine({
    [`installed/${used}`]: 100,
    [`installed/${unused}`]: 8,
    [`installed/${fresh}`]: 6,
    [`notebooks/${one}`]: 8,
    [`notebooks/${two}`]: 8,
    'notebooks/run-killed': 31,
    'notebooks/run-long': 29,
  })
  const asked: PackagesInUse[] = []
  const gone = await sweepPackages(folder, async (question) => {
    asked.push(question)
    return { environments: [environmentKey(environmentOf('used'))], notebooks: [one!] }
  })
  expect(asked.map(({ notebooks }) => notebooks.sort())).toEqual([[one, two]])
  expect(asked[0]!.environments.sort()).toEqual(
    ['used', 'unused'].map((lock) => environmentKey(environmentOf(lock))).sort(),
  )
  expect(gone).toEqual({ environments: [unused], notebooks: [two, 'run-killed'] })
  expect(left()).toEqual([...[used, fresh].sort(), one, 'run-long'])
  expect(readdirSync(folder).sort()).toEqual(['installed', 'notebooks'])
})

test('where nobody says what is used, all stays', async () => {
  const { folder, left } = machine({ 'installed/old': 100, 'notebooks/run-killed': 31 })
  const absent = () => Promise.reject(new Error('web is away'))
  await expect(sweepPackages(folder, absent)).rejects.toThrow('web is away')
  expect(left()).toEqual(['old', 'run-killed'])
})

test('an environment that is used stays for as long again', async () => {
  const environment = environmentOf('wanted')
  const path = `installed/${installedName(environment)}`
  const { folder } = machine({ [path]: 100 })
  expect(await createPackageStore(folder).folder(environment)).toBe(join(folder, path))
  expect(statSync(join(folder, path)).mtimeMs).toBeGreaterThan(days(1).getTime())
})
