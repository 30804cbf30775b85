import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startKernel } from '../../support/kernel'

test("a notebook's folder comes first, then the project's packages; an edited file is read again", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cellar-importer-'))
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
  write(
    'node_modules/arquero/package.json',
    '{ "name": "arquero", "type": "module", "exports": "./index.js" }',
  )
  write('node_modules/arquero/index.js', 'export const mine = "from the folder"')
  write('inner/value.ts', 'export const value: number = 1')
  write('entry.ts', "export { value } from './inner/value'")
  write('settings.json', '{ "a": 1 }')
  const kernel = await startKernel({ cwd: folder })

  await kernel.run(
    "import { mine } from 'arquero'\nimport { TraceMap } from '@jridgewell/trace-mapping'",
    'packages',
  )
  expect((await kernel.run('[mine, typeof TraceMap]')).text).toBe("[ 'from the folder', 'function' ]")

  const source =
    "import { value } from './entry'\nimport settings from './settings.json'\n[value, settings.a]"
  expect((await kernel.run(source, 'local')).text).toBe('[ 1, 1 ]')
  write('inner/value.ts', 'export const value: number = 2')
  write('settings.json', '{ "a": 2 }')
  expect((await kernel.run(source, 'local')).text).toBe('[ 2, 2 ]')

  write('inner/value.ts', 'export const value: = 3')
  const { error } = await kernel.run(source, 'local')
  expect([error!.ename, error!.evalue]).toEqual(['SyntaxError', 'Unexpected token'])
  await kernel.close()
  rmSync(folder, { recursive: true })
})
