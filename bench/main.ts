import { parseArgs } from 'node:util'
import { batch } from './batch'
import { startCellar } from './cellar'
import { type Person, signUp } from './client'
import { groupedSums } from './group'
import { kernelStart, largeValue, memory, millionLines, millionRows, roundTrip, staleChain } from './kernel'
import { type Figure, machine, meets, table } from './kit'
import { kmeansBench } from './kmeans'
import { types } from './language'
import { manyLoads } from './loads'
import { overload } from './overload'
import { openLarge } from './page'
import { peers } from './peers/figures'
import { predict } from './predict'
import { sparkRows } from './spark'
import { sqlCompletion } from './sql'
import { tablePages } from './tables'
import { training } from './train'
import { upload } from './upload'

type Bench = (person: Person, pids: Record<string, number>) => Promise<Figure[]>

const say = (line: string) => console.error(line)

/** All benches by name. Each talks to the production build through its public port only. */
const benches: Record<string, Bench> = {
  start: async (person) => {
    const { readyMs, firstAnswerMs } = await kernelStart(person)
    return [
      { name: 'kernel ready', value: readyMs, unit: 'ms', bar: { atMost: 300 }, peers: peers.kernelReadyMs },
      { name: 'first answer of a new kernel', value: firstAnswerMs, unit: 'ms' },
    ]
  },
  trip: async (person) => {
    const { p50Ms, p99Ms } = await roundTrip(person)
    return [
      {
        name: 'round trip of 1+1, p50',
        value: p50Ms,
        unit: 'ms',
        bar: { atMost: 3 },
        peers: peers.roundTripMs,
      },
      { name: 'round trip of 1+1, p99', value: p99Ms, unit: 'ms' },
    ]
  },
  chain: async (person) => {
    const { p50Ms, maxMs, messages } = await staleChain(person)
    return [
      {
        name: 'stale rerun of a chain of 100, p50',
        value: p50Ms,
        unit: 'ms',
        bar: { atMost: 60 },
        peers: peers.chainMs,
      },
      { name: 'the slowest of 15', value: maxMs, unit: 'ms' },
      { name: 'its messages to the page', value: messages, unit: '' },
    ]
  },
  lines: async (person) => {
    const { seconds, messages, wholeLog } = await millionLines(person)
    return [
      {
        name: 'a million lines printed',
        value: seconds,
        unit: 's',
        bar: { atMost: 5 },
        peers: peers.millionLinesS,
      },
      { name: 'their messages to the page', value: messages, unit: '' },
      { name: 'their log whole (1: yes)', value: Number(wholeLog), unit: '', bar: { atLeast: 1 } },
    ]
  },
  value: async (person) => [
    {
      name: 'a value of 50 MB shown',
      value: (await largeValue(person)).seconds,
      unit: 's',
      peers: peers.largeValueS,
    },
  ],
  table: async (person) => {
    const { ms, table: shown } = await millionRows(person)
    return [
      { name: 'table of a million rows shown', value: ms, unit: 'ms' },
      { name: 'shown as a table (1: yes)', value: Number(shown), unit: '', bar: { atLeast: 1 } },
    ]
  },
  spark: async (person) => {
    const { firstMs, againMs } = await sparkRows(person)
    return [
      { name: '1M rows of Spark as an arquero table', value: againMs, unit: 'ms', bar: { atMost: 1500 } },
      { name: 'the first of its kernel', value: firstMs, unit: 'ms' },
    ]
  },
  sql: async (person) => {
    const sums = await groupedSums(person)
    const { p50Ms, p95Ms } = await sqlCompletion(person)
    return [
      ...sums,
      { name: 'completion in SQL, p50', value: p50Ms, unit: 'ms' },
      { name: 'completion in SQL, p95 of 100', value: p95Ms, unit: 'ms', bar: { atMost: 150 } },
    ]
  },
  types: async (person) => {
    const { p50Ms, p95Ms, changeMs, slowestChangeMs } = await types(person)
    return [
      { name: 'completion in 50 cells, p50', value: p50Ms, unit: 'ms' },
      { name: 'completion in 50 cells, p95 of 100', value: p95Ms, unit: 'ms', bar: { atMost: 150 } },
      { name: 'a changed type shown two cells on', value: changeMs, unit: 'ms', bar: { atMost: 1000 } },
      { name: 'the slowest of six', value: slowestChangeMs, unit: 'ms' },
    ]
  },
  pages: async (person) => {
    const { p50Ms, p95Ms, largest } = await tablePages(person)
    return [
      { name: 'table page of a million rows, p50', value: p50Ms, unit: 'ms' },
      { name: 'table page of a million rows, p95', value: p95Ms, unit: 'ms', bar: { atMost: 300 } },
      { name: 'largest page on the wire', value: largest / 2 ** 20, unit: 'MiB' },
    ]
  },
  memory: async (person, { web }) => {
    const { kernelMiB, webMiB } = await memory(person, web!)
    return [
      {
        name: 'memory of an idle kernel',
        value: kernelMiB,
        unit: 'MiB',
        bar: { atMost: 95.3 },
        peers: peers.kernelMiB,
      },
      { name: 'memory of the web process', value: webMiB, unit: 'MiB' },
    ]
  },
  open: async (person) => {
    const { cellsMs, editorMs, scrollMs } = await openLarge(person)
    return [
      { name: 'open of 500 cells', value: cellsMs, unit: 'ms', bar: { atMost: 2000 } },
      { name: 'their first editor', value: editorMs, unit: 'ms' },
      { name: 'longest task of a scroll through them', value: scrollMs, unit: 'ms', bar: { atMost: 100 } },
    ]
  },
  kmeans: async () => {
    const { ours, scikitLearn, mlKmeans } = await kmeansBench()
    return [
      {
        name: 'k-means of 1M × 10, k=8, 20 iterations',
        value: ours.seconds,
        unit: 's',
        bar: { atMost: Math.min(3 * scikitLearn.seconds, mlKmeans.seconds) },
        peers: { 'scikit-learn on two threads': scikitLearn.seconds, 'ml-kmeans': mlKmeans.seconds },
      },
      {
        name: "its inertia, off scikit-learn's by a share of",
        value: Math.abs(ours.inertia / scikitLearn.inertia - 1),
        unit: '',
        bar: { atMost: 1e-5 },
      },
    ]
  },
  train: (person) => training(person),
  predict: (person) => predict(person, say),
  overload: (person) => overload(person),
  loads: (person, { web, worker }) => manyLoads(person, { web: web!, worker: worker! }),
  batch: (person, pids) => batch(person, pids),
  upload: (person, { web, data }) => upload(person, { web: web!, data: data! }),
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, verbose: { type: 'boolean' } },
})
const unknown = positionals.filter((name) => !(name in benches))
if (unknown.length > 0)
  throw new Error(`no such bench: ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)
const chosen = positionals.length > 0 ? positionals : Object.keys(benches)

const cellar = await startCellar(values.verbose ? { say } : {})
const figures: Figure[] = []
const failures: string[] = []
try {
  const person = await signUp(cellar.origin)
  const pids = await cellar.pids()
  for (const name of chosen) {
    say(`bench: ${name}`)
    try {
      figures.push(...(await benches[name]!(person, pids)))
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : error}`)
      say(failures.at(-1)!)
    }
  }
} finally {
  await cellar.stop()
}
if (!values.json) console.log(`${table(figures)}\n`)
const results = figures.map((figure) => ({ ...figure, met: meets(figure) }))
console.log(JSON.stringify({ machine: machine(), results, failures }, null, 2))
process.exitCode = failures.length > 0 ? 1 : 0
