import { Socket } from 'node:net'
import path from 'node:path'
import { installFunctionText } from '../../lib/notebook/function-text'
import type { OpenedDataset } from '../../lib/protocol/dataset-read'
import { createFrameDecoder } from '../../lib/protocol/frames'
import { type ChildMessage, frameKind, type HostMessage } from '../../lib/protocol/kernel'
import { mime } from '../../lib/protocol/mime'
import type { SparkAccess } from '../../lib/protocol/spark'
import { createSdk } from '../sdk'
import type { Arquero } from '../sdk/dataset'
import { createInput } from '../sdk/input'
import { createAsks } from './asks'
import { warnOfAsyncStorage } from './async-storage'
import { installConsole } from './console'
import { createDisplay } from './display'
import { readEnvironment } from './environment'
import { createExecute } from './execute'
import { createExecutions } from './executions'
import type { NameTable } from './format'
import { createHostCalls } from './host-calls'
import { createImporter, type Module } from './importer'
import { createInputs } from './inputs'
import { reportLateErrors } from './late-errors'
import { createLocalModules } from './local-modules'
import { createOutput } from './output'
import { createPackages } from './packages'
import { withDocument } from './plot'
import { createPromotion } from './promotion'
import { personalValues } from './reachable'
import { createReads } from './reads'
import { createRunner } from './runner'
import { createSaveDataset } from './save-dataset'
import { createScope } from './scope'
import { createSecrets } from './secrets'
import { createSparkEngine } from './spark/engine'
import { createSqlEngine, type SqlOptions } from './sql/engine'
import { createStop } from './stop'
import { createTableFiles } from './tables/files'
import { createShownTables } from './tables/shown-tables'
import {
  createTensorFlow,
  keepVariablesWhole,
  type LoadedTensorFlow,
  repair,
  tensorflowModules,
} from './tensorflow'
import { createTensors } from './tensors'
import { installTrace, toKernelError } from './trace'
import { createTracking } from './tracking'
import { createTraining } from './training'
import { installTrainingOps } from './training-ops'
import type { NativeTensorFlow } from './training-ops/ops'
import { createUploads } from './uploads'

/** A kernel child: runs the cells of one notebook. Its pipes are described in `lib/protocol/kernel`. */

const fd = { control: 3, requests: 4, frames: 5 } as const
const environment = readEnvironment()
const { root, folder } = environment

const scope = createScope()
const stop = createStop({
  controlFd: fd.control,
  supervisor: environment.supervisor,
  onStop(n) {
    training.stop()
    sql.stop()
    spark.stop()
    runner.interrupt(n)
  },
})
const output = createOutput(fd.frames, stop.lock)
const send = (message: ChildMessage, bytes?: Uint8Array) => output.send(message, bytes)

const trace = installTrace({
  createLocator: ({ cellId, source, known, consts }) =>
    environment.compile().createLocator(source, { id: cellId, known, consts }),
  isInternal: environment.isInternal,
  shorten: (text) => text.replaceAll(`file://${root}/`, '').replaceAll(`${root}/`, ''),
})
const executions = createExecutions(trace.owner)
installFunctionText()
installConsole((stream, text) => output.text(stream, text, executions.owner()?.n ?? 0))
reportLateErrors(send, executions)
warnOfAsyncStorage((text) => output.text('stderr', text, executions.owner()?.n ?? 0))

const tables = createShownTables()
const files = createTableFiles(tables)
const nameTable: NameTable = (source, table) => tables.add(source, table, executions.owner()?.cellId)
const display = createDisplay(send, executions, nameTable)
const inputs = createInputs(scope, executions, display)
const { input, named } = createInput(inputs)
const tensors = createTensors(
  () => executions.current()?.cellId,
  () => personalValues(scope),
)
const hostCalls = createHostCalls(send)
const secrets = createSecrets(hostCalls)
const packages = createPackages(() => send({ type: 'packages_used' }))
let loaded: LoadedTensorFlow | undefined
const tracking = createTracking({
  executions,
  send,
  hostCalls,
  show: (run) =>
    display.showBundle({ [mime.run]: run, 'text/plain': `run ${run.name ?? run.id} is recorded` }),
  warn: (text) => output.text('stderr', text, executions.owner()?.n ?? 0),
  environment: () => ({
    node: process.version,
    ...(loaded && { [`backend ${loaded.backend.name}`]: loaded.backend.version ?? '' }),
    ...packages.versions(),
  }),
})
const training = createTraining(display, {
  stopAsked() {
    const running = executions.current()
    return running !== undefined && stop.asked(running.n)
  },
  onEpoch: tracking.epoch,
})
let depth = 0

const reads = createReads()
const promotion = createPromotion({
  scope,
  root,
  packages: packages.versions,
  secrets: secrets.given,
  hostCalls,
  display,
  load: environment.capture,
  tensorflow: () => loaded,
  runOf: tracking.runOf,
  files: reads.list,
})
/** Where queries look for files, in order. */
const folders = [folder, ...environment.data]
const cellId = () => executions.owner()?.cellId ?? ''
/** A version of a data set of the workspace, as a file. */
async function openDataset(name: string, version?: number): Promise<OpenedDataset> {
  const params = { name, version, cellId: cellId() }
  const opened = (await hostCalls.call({ method: 'dataset', params })) as OpenedDataset
  reads.addDataset(params.cellId, opened)
  return opened
}
const sql = createSqlEngine({
  loadDuck: environment.duckdb,
  folders,
  variable: scope.find,
  openDataset,
  arquero: async () =>
    (await plain.import('arquero')) as unknown as Awaited<ReturnType<SqlOptions['arquero']>>,
  importPackage: (specifier) => plain.import(specifier),
  stop: stop.state,
})
const spark = createSparkEngine({
  load: environment.spark,
  access: async () => (await hostCalls.call({ method: 'spark', params: {} })) as SparkAccess,
  arquero: async () =>
    (await plain.import('arquero')) as unknown as Awaited<ReturnType<SqlOptions['arquero']>>,
  display,
  print: (text) => output.text('stdout', text, executions.owner()?.n ?? 0),
})
const sdk = createSdk({
  display,
  input,
  spark,
  sql,
  secret: (name) => secrets.get(name),
  saveDataset: createSaveDataset({ files, hostCalls, cellId, stop: stop.state }),
  track: tracking,
  dataset: {
    folder,
    folders: environment.data,
    arquero: async () => (await plain.import('arquero')) as unknown as Arquero,
    open: async (name, version) => sql.readDataset(await openDataset(name, version)),
    onRead: (name, bytes) => reads.add(cellId(), name, bytes),
  },
  promote: (name, value, options) =>
    promotion.fromCell(executions.owner()?.cellId ?? '', name, value, options),
})

/** Packages as they are. */
const plain = createImporter({ folder, root })
const loadTensorFlow = createTensorFlow(environment.tensorflow, plain.import)
const tensorflow = async () => {
  const first = !loaded
  loaded = await loadTensorFlow()
  if (first && !watched) {
    watched = true
    tensors.watch(loaded.tf)
    keepVariablesWhole(loaded.tf, stop.lock)
    training.watch(loaded.tf)
    if (loaded.backend.name === 'tensorflow') installTrainingOps(loaded.tf as unknown as NativeTensorFlow)
    send({ type: 'backend', backend: loaded.backend })
    setInterval(sendStats, 1000).unref()
  }
  return loaded.module
}
let watched = false
let plotting: Promise<Module> | undefined
const special: Record<string, (load: () => Promise<Module>) => Promise<Module>> = {
  cellar: async () => sdk,
  '@observablehq/plot': (load) => {
    plotting ??= load().then(withDocument)
    return plotting
  },
  ...Object.fromEntries(tensorflowModules.map((name) => [name, tensorflow])),
}

const importerFor = (where: string, loadTypeScript: (file: string) => Promise<Module>) =>
  createImporter({ folder: where, root, special, loadTypeScript, packages })
let fileVersion = 0
const localModules = createLocalModules({
  transform: (...args) => environment.compile().transformCell(...args),
  importerFor,
  stop: stop.state,
  register: (file, source) => trace.nameOfFile(path.relative(folder, file), source, ++fileVersion),
})

const asks = createAsks({
  scope,
  training,
  tables,
  files,
  inputs,
  uploads: createUploads(folder),
  sql,
  folders,
})

const runner = createRunner({
  execute: createExecute({
    scope,
    importer: importerFor(folder, localModules),
    stop: stop.state,
    nameOf: trace.nameOf,
    onDeclared(cellId) {
      tensors.release(cellId)
      tables.release(cellId)
    },
    named,
  }),
  executions,
  send,
  stop,
  before() {
    depth = loaded?.tf.engine().state.scopeStack.length ?? 0
  },
  after(state) {
    inputs.settle()
    tracking.ended(state)
    if (state === 'interrupted' && loaded) {
      repair(loaded.tf, depth)
      training.abandon()
    }
    sendStats()
  },
  nameTable,
})

let lastStats = ''
function sendStats() {
  if (!loaded) return
  const { numTensors, numBytes } = loaded.tf.memory()
  const stats = `${numTensors} ${numBytes}`
  if (stats === lastStats) return
  lastStats = stats
  send({ type: 'stats', tensors: numTensors, tensorBytes: numBytes })
}

/** Answers a request with what `work` gives or throws. */
async function answer(n: number, work: () => unknown) {
  try {
    send({ type: 'answer', n, result: await work() })
  } catch (error) {
    const { ename: name, evalue: message } = toKernelError(error)
    send({ type: 'answer', n, error: { name, message } })
  }
}

function handle(message: HostMessage) {
  switch (message.type) {
    case 'execute':
      return runner.run(message)
    case 'forget':
      scope.forget(message.cellId)
      inputs.forget(message.cellId)
      tables.release(message.cellId)
      return tensors.release(message.cellId)
    case 'ask':
      return void answer(message.n, () => asks[message.method](message.params as never))
    case 'promote': {
      const { n, cellId, variable, endpoint } = message
      return void answer(n, () => promotion.ofVariable(cellId, variable, endpoint))
    }
    case 'inputs':
      return inputs.change(message.changes)
    case 'packages':
      return packages.set(message.packages)
    case 'answer':
      return hostCalls.answered(message)
  }
}

const decoder = createFrameDecoder(({ kind, payload }) => {
  if (kind === frameKind.json) handle(JSON.parse(new TextDecoder().decode(payload)) as HostMessage)
})
const requests = new Socket({ fd: fd.requests, readable: true, writable: false })
requests.on('data', (chunk) => decoder.push(chunk))
process.on('exit', output.flush)
send({ type: 'ready', node: process.version, pid: process.pid })
