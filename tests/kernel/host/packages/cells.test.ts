import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { createCompiler } from '../../../../kernel/host/compile'
import { createLaunch } from '../../../../kernel/host/launch'
import { createPackages } from '../../../../kernel/host/packages'
import {
  type Environment,
  installedVersions,
  lockedPackages,
  noEnvironment,
} from '../../../../lib/notebook/environment'
import { applyEvent, emptyState } from '../../../../lib/notebook/state'
import { type Driven, drive } from '../support'

/** Packages in sessions with the kernel child that people get; npm fetches from the machine's registry. */
const root = resolve('.')
const base = mkdtempSync(resolve('node_modules/.packages-'))
const home = join(base, '.cellar')
mkdirSync(home)
afterAll(() => rmSync(base, { recursive: true, force: true }))

const started: Driven[] = []
afterEach(async () => {
  for (const { session } of started.splice(0)) await session.stop()
})
let notebooks = 0

async function begin(environment?: Environment) {
  const written: Environment[] = []
  const lines: string[] = []
  const packages = createPackages({
    folder: join(home, 'environments'),
    root,
    onChange: async (_, environment) => void written.push(environment),
    onLine: (_, line) => lines.push(line),
  })(`notebook-${++notebooks}`)
  if (environment) packages.set(environment)
  const launch = createLaunch({
    root,
    home,
    cwd: join(home, 'work', String(notebooks)),
    data: [],
    tensorflow: { name: 'wasm' },
    readOnly: [packages.folder],
  })
  const driven = drive({ launch, createCompiler, packages })
  started.push(driven)
  await driven.session.start(1)
  /** What a cell puts out, as text. */
  const shows = async (source: string) => {
    const { cells } = (await driven.run(source)).reduce(applyEvent, emptyState())
    return cells.c1!.outputs.map((output) =>
      output.output_type === 'stream'
        ? output.text
        : output.output_type === 'error'
          ? `${output.ename}: ${output.evalue}`
          : output.data['text/plain'],
    )
  }
  return { ...driven, packages, shows, written, lines }
}

test('an npm: import installs before its cell runs, and the manifest and lockfile are told', async () => {
  const { shows, written } = await begin()
  expect(await shows("import leftPad from 'npm:left-pad@1'\nleftPad('5', 3, '0')")).toEqual([
    'installed left-pad 1.3.0\n',
    "'005'",
  ])
  expect(written.map(({ packages, scripts }) => ({ packages, scripts }))).toEqual([
    { packages: { 'left-pad': '1' }, scripts: [] },
  ])
  expect(installedVersions(written[0]!)).toEqual({ 'left-pad': '1.3.0' })
  expect(await shows("import again from 'left-pad'\nagain('6', 2)")).toEqual(["' 6'"])
  expect(await shows("require('npm:left-pad')('7', 2, '_')")).toEqual(["'_7'"])
})

test('packages of ES modules only, in scopes, and parts of packages are imported', async () => {
  const { shows } = await begin()
  expect(
    await shows(
      "import is from 'npm:@sindresorhus/is@7'\nconst { default: k } = await import('npm:kleur@4.1.5/colors').then((m) => ({ default: Object.keys(m).length > 5 }))\n;[is(1), k]",
    ),
  ).toEqual(['installed @sindresorhus/is 7.2.0, kleur 4.1.5\n', "[ 'number', true ]"])
})

test('the same lockfile gives another notebook the same versions', async () => {
  const first = await begin()
  await first.packages.change({ add: ['left-pad@1.2.0'] }, 'somebody')
  const [written] = first.written
  const second = await begin({ ...written!, packages: { 'left-pad': '1.2.0' } })
  expect(await second.shows("require('left-pad/package.json').version")).toEqual(["'1.2.0'"])
})

test('what does not exist is a sentence, and changes nothing', async () => {
  const { shows, packages, written } = await begin()
  await packages.change({ add: ['left-pad@1.3.0'] }, 'somebody')
  expect(await shows("import 'npm:cellar-has-no-such-package'")).toEqual([
    'PackageError: no such package: cellar-has-no-such-package',
  ])
  expect(await shows("import 'npm:kleur@99'")).toEqual(['PackageError: no such version of kleur: 99'])
  expect(await shows("import 'npm:git+ssh://x'")).toEqual([
    'PackageError: not the name of a package: git+ssh://x',
  ])
  expect(await shows("import 'npm:arquero@7'")).toEqual([
    "PackageError: arquero is the kernel's own (8.0.3) and cannot be replaced: import it as 'arquero'",
  ])
  expect(await shows("import 'cellar-has-no-such-package'")).toEqual([
    "Error: Cannot find package 'cellar-has-no-such-package': it is not installed where notebooks run",
  ])
  expect(written.length).toBe(1)
  expect(packages.environment().packages).toEqual({ 'left-pad': '1.3.0' })
})

test('a lockfile that cannot be met names the package, and is kept', async () => {
  const { packages } = await begin()
  await packages.change({ add: ['left-pad@1.3.0'] }, 'somebody')
  const good = packages.environment()
  const newer = {
    packages: { 'left-pad': '^1.3.0' },
    lock: good.lock.replaceAll('1.3.0"', '1.9.9"'),
    scripts: [],
  }
  const absent = await begin({
    ...newer,
    lock: newer.lock.replace('"left-pad": "1.9.9"', '"left-pad": "^1.3.0"'),
  })
  expect(await absent.shows("import 'left-pad'")).toEqual([
    'PackageError: no such version of left-pad: 1.9.9',
  ])
  const misfit = await begin({ ...good, lock: `${good.lock}\n`, packages: { 'left-pad': '1.2.0' } })
  expect(await misfit.shows("import 'left-pad'")).toEqual([
    'PackageError: the lockfile does not fit the list of packages: left-pad@1.3.0 does not satisfy left-pad@1.2.0',
  ])
  const changed = await begin({ ...good, lock: good.lock.replace(/sha512-.{8}/, 'sha512-AAAAAAAA') })
  expect(await changed.shows("import 'left-pad'")).toEqual([
    'PackageError: a package is not the one that the lockfile was made with: left-pad 1.3.0',
  ])
  const outside = await begin({ ...good, lock: good.lock.replace('node_modules/left-pad', '../left-pad') })
  expect(await outside.shows("import 'left-pad'")).toEqual([
    "PackageError: the notebook's lockfile cannot be met: it names no package of a registry: ../left-pad",
  ])
  const cut = await begin({ ...good, lock: good.lock.slice(0, 40) })
  expect(await cut.shows("import 'left-pad'")).toEqual([
    "PackageError: the notebook's lockfile cannot be met: it is not JSON",
  ])
  expect([absent, misfit, changed, outside, cut].map(({ written }) => written)).toEqual([[], [], [], [], []])
})

test('another version of a loaded package needs a restart, and a new kernel has it', async () => {
  const { shows, session, until } = await begin()
  expect(await shows("require('npm:left-pad@1.2.0/package.json').version")).toEqual([
    'installed left-pad 1.2.0\n',
    "'1.2.0'",
  ])
  expect(await shows("require('npm:left-pad@1.3.0/package.json').version")).toEqual([
    'PackageError: left-pad 1.2.0 is loaded, and 1.3.0 is installed now: restart the kernel, then run this cell again',
  ])
  expect(await shows("import { table } from 'arquero'\ntypeof table")).toEqual(["'function'"])
  await session.restart(2)
  await until(({ epoch, ...event }) => epoch === 2 && event.type === 'status' && event.state === 'idle')
  expect(await shows("require('npm:left-pad@1.3.0/package.json').version")).toEqual(["'1.3.0'"])
})

test('install scripts do not run unless they are allowed, and then without network', async () => {
  const { packages } = await begin()
  /** esbuild's script puts the program itself in the place of one that Node reads. */
  const program = () => {
    const file = join(packages.folder, 'current/node_modules/esbuild/bin/esbuild')
    return readFileSync(file).subarray(0, 2).toString()
  }
  await packages.change({ add: ['esbuild@0.28.2'] }, 'somebody')
  const bringing = lockedPackages(packages.environment().lock).filter((each) => each.hasInstallScript)
  expect([bringing.map(({ name }) => name), program()]).toEqual([['esbuild'], '#!'])
  await packages.change({ scripts: { esbuild: true } }, 'somebody')
  expect([packages.environment().scripts, program()]).toEqual([['esbuild'], '\x7fE'])
})

test('a cell cannot change the packages of others', async () => {
  const { shows } = await begin()
  const source =
    "const file = require.resolve('npm:left-pad@1.3.0')\nconst { appendFileSync } = require('node:fs')\nlet said = ''\ntry { appendFileSync(file, ' ') } catch (error) { said = error.code }\nsaid"
  expect((await shows(source)).at(-1)).toMatch(/'(EROFS|EACCES|EPERM)'/)
})

test('no packages at all cost a cell nothing: npm is not asked', async () => {
  const { shows, lines, packages } = await begin(noEnvironment)
  expect(await shows("import path from 'node:path'\npath.basename('/a/b')")).toEqual(["'b'"])
  expect([lines.filter(Boolean), packages.environment()]).toEqual([[], noEnvironment])
})
