import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { cellarHome } from '../../lib/config'
import { ApiRefusal, createDatasetsClient, type DatasetsClient } from '../../lib/datasets/checkout/client'
import { dataFolderOf, prepareDataFolder, standingOf } from '../../lib/datasets/checkout/files'
import { findCheckout, type Pin, pinsName, readPins, writePin } from '../../lib/datasets/checkout/pins'
import { pullPin } from '../../lib/datasets/checkout/pull'
import { datasetName } from '../../lib/datasets/name'
import { runSteps } from '../../lib/stack/progress'
import { liveRun } from '../../lib/stack/run-record'
import { readApiKey } from './api-key'

const usage = `usage: cellar data list
       cellar data pull [NAME[@VERSION]...]   what ${pinsName} pins; with names, pins their newest or this version
       cellar data push FILE NAME [--message TEXT] [--onto VERSION]
       cellar data status
each with [--url URL] [--key-file FILE]; else CELLAR_URL, or the Cellar that runs here, and CELLAR_API_KEY`

type Options = { url?: string; 'key-file'?: string; message?: string; onto?: string }

/** Moves versions of data sets between a checkout, which pins them in a small file, and a Cellar. */
export async function data(args: string[]): Promise<number> {
  const [verb, ...rest] = args
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      'key-file': { type: 'string' },
      message: { type: 'string' },
      onto: { type: 'string' },
    },
  })
  const checkout = findCheckout(process.cwd()) ?? findRepository(process.cwd())
  switch (verb) {
    case 'list':
      return list(checkout, values)
    case 'pull':
      return pull(checkout, positionals, values)
    case 'push':
      if (positionals.length === 2) return push(checkout, positionals[0]!, positionals[1]!, values)
      break
    case 'status':
      return status(checkout, values)
  }
  console.error(usage)
  return 2
}

/** Where the first pin goes: to the root of the repository, else where the command runs. */
function findRepository(folder: string): string {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return at
    if (at === path.dirname(at)) return path.resolve(folder)
  }
}

function clientOf(checkout: string, { url, 'key-file': keyFile }: Options): DatasetsClient {
  const kept = path.join(homedir(), '.config', 'cellar', 'key')
  const file = keyFile ?? (process.env.CELLAR_API_KEY || !existsSync(kept) ? undefined : kept)
  const key = readApiKey(file, { own: true })
  const origin = (url ?? process.env.CELLAR_URL)?.replace(/\/$/, '') ?? liveRun(cellarHome())?.origin
  if (!origin)
    throw new Error('cellar does not run here: start it, or say where it runs with --url or CELLAR_URL')
  return createDatasetsClient({ origin, key, memory: path.join(dataFolderOf(checkout), 'uploads.json') })
}

async function list(checkout: string, options: Options): Promise<number> {
  const pins = await readPins(checkout)
  const datasets = await clientOf(checkout, options).list()
  if (datasets.length === 0) console.log('the workspace has no data set yet: cellar data push FILE NAME')
  print(
    datasets.map(({ name, version, rows, columns }) => [
      name,
      `version ${version}`,
      `${rows.toLocaleString('en')} rows`,
      `${columns} columns`,
      pins[name] ? `pinned: ${pins[name].version}` : '',
    ]),
  )
  return 0
}

async function pull(checkout: string, names: string[], options: Options): Promise<number> {
  const pins = await readPins(checkout)
  if (names.length === 0 && Object.keys(pins).length === 0)
    throw new Error(`${pinsName} pins nothing; say what to pull: cellar data pull NAME`)
  const client = clientOf(checkout, options)
  const wanted =
    names.length > 0 ? await Promise.all(names.map((name) => pinOf(client, name))) : Object.entries(pins)
  await runSteps(
    wanted.map(([name, pin]) => ({
      label: `${name} ${pin.version}`,
      run: async (report) => {
        const { bytes } = await pullPin(client, checkout, name, pin, (share) => report('comes', share))
        await writePin(checkout, name, pin)
        report(bytes === 0 ? 'is here' : `came, ${bytes.toLocaleString('en')} bytes`, 1)
      },
    })),
  )
  return 0
}

/** `iris` or `iris@3`. */
async function pinOf(client: DatasetsClient, asked: string): Promise<[string, Pin]> {
  const [, name = '', number] = /^([^@]+)(?:@(\d+))?$/.exec(asked) ?? []
  checkName(name || asked)
  const version = await client.version(name, number === undefined ? undefined : Number(number))
  if (!version) throw new Error(`there is no data set of this name: ${name}`)
  return [name, { version: version.version, hash: version.hash }]
}

async function push(checkout: string, file: string, name: string, options: Options): Promise<number> {
  checkName(name)
  if (!existsSync(file)) throw new Error(`no such file: ${file}`)
  const { onto, message = '' } = options
  if (onto !== undefined && !/^\d{1,9}$/.test(onto))
    throw new Error(`--onto takes the number of a version, got ${onto}`)
  const client = clientOf(checkout, options)
  const pinned = (await readPins(checkout))[name]
  const parent = onto === undefined ? (pinned?.version ?? 0) : Number(onto)
  const head = (await client.version(name))?.version ?? 0
  // Before anything is sent; the server looks again when it makes the version.
  if (head !== parent) throw new Error(moved(name, head, pinned, onto))
  await prepareDataFolder(checkout)
  await runSteps([
    {
      label: name,
      run: async (report) => {
        const made = await client.push({ name, parent, message, file }, (share) =>
          report(share === 1 ? 'becomes a version' : 'goes', share),
        )
        const pin = { version: made.version, hash: made.hash }
        await pullPin(client, checkout, name, pin)
        await writePin(checkout, name, pin)
        report(`is version ${made.version}, ${made.rows.toLocaleString('en')} rows; commit ${pinsName}`, 1)
      },
    },
  ])
  return 0
}

function moved(name: string, head: number, pinned: Pin | undefined, onto: string | undefined): string {
  if (head === 0) return `there is no data set of this name to push onto; leave --onto out: ${name}`
  const then = `look at it (cellar data pull ${name}), then push --onto ${head}`
  if (onto !== undefined) return `the newest version of ${name} is ${head}, not ${onto}; ${then}`
  return pinned
    ? `a newer version was made than the checkout pins (${pinned.version}); ${then}: ${name} ${head}`
    : `there is a data set of this name, which the checkout does not pin; ${then}: ${name} ${head}`
}

async function status(checkout: string, options: Options): Promise<number> {
  const pins = Object.entries(await readPins(checkout))
  if (pins.length === 0) {
    console.log(`${pinsName} pins nothing: cellar data pull NAME`)
    return 0
  }
  const newest = await newestVersions(checkout, options)
  const rows = await Promise.all(
    pins.map(async ([name, pin]) => {
      const { standing } = await standingOf(checkout, name, pin)
      const head = newest?.get(name)
      const news =
        newest === undefined
          ? ''
          : head === undefined
            ? 'not on the server'
            : head > pin.version
              ? `version ${head} is newer`
              : 'the newest'
      return [name, `version ${pin.version}`, standing, news]
    }),
  )
  print(rows)
  if (newest === undefined) console.log('no server was asked: without an address and a key there is none')
  const lacking = rows.filter(([, , standing]) => standing !== 'here')
  if (lacking.length > 0) console.log('cellar data pull brings what is missing or damaged')
  return lacking.length > 0 ? 1 : 0
}

/** Undefined where there is no key or no server. */
async function newestVersions(checkout: string, options: Options) {
  try {
    const datasets = await clientOf(checkout, options).list()
    return new Map(datasets.map(({ name, version }) => [name, version]))
  } catch (error) {
    if (error instanceof ApiRefusal) throw error
    return undefined
  }
}

function checkName(name: string) {
  const { success, error } = datasetName.safeParse(name)
  if (!success) throw new Error(`not a name of a data set, ${error.issues[0]!.message}: ${name}`)
}

function print(rows: string[][]) {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]!.length)))
  for (const row of rows)
    console.log(
      row
        .map((text, i) => text.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
}
