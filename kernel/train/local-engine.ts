import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { totalmem } from 'node:os'
import path from 'node:path'
import type { OpenedVersion } from '../../lib/datasets/open-version'
import type { Backend } from '../../lib/protocol/events'
import { cacheDir } from '../../lib/stack/cache'
import type { ClaimedTraining } from '../../lib/training/claim'
import { TrainingError } from '../../lib/training/training-error'
import { type Isolated, spawnIsolated } from '../isolate/spawn'
import type { LearnReply, TrainReply, TrainRequest } from './child/messages'
import { type Engine, EngineLost, type EngineResult, type Telling } from './engine'
import { partsOfChild } from './parts-of-child'
import type { SparkLearner, SparkWork } from './spark/learn'

export type LocalPlace = {
  /** The checkout: its dist/ and node_modules/ are what the process runs. */
  root: string
  /** The folder of secrets, never shown. */
  home: string
  /** Working folders are made and removed here. */
  workDir: string
  tensorflow: Backend
  openVersion(versionId: string): Promise<OpenedVersion>
  /** The module that speaks `TrainRequest` and `TrainReply`. Default `dist/train.js`. */
  script?: string
  /** Of one training, bytes. Default 6 GiB or three quarters of the machine's, or `CELLAR_TRAINING_MEMORY`. */
  memoryBytes?: number
  /** Opens what learns on Spark, in the place of the process itself. */
  openSpark?(work: SparkWork): SparkLearner
  /** See `TrainRequest`. */
  largeBytes?: number
}

/** Trains on this machine: one isolated process for each training, which may be ended at any time. */
export function localEngine(place: LocalPlace): Engine {
  return {
    concurrency: Number(process.env.CELLAR_TRAININGS) || 1,
    async run(training, tell, signal) {
      const { file, columns, rows } = await openData(place, training)
      const wanted = new Set([...training.features, ...(training.target === null ? [] : [training.target])])
      const used = columns.filter(({ name }) => wanted.has(name))
      const folder = path.join(place.workDir, randomUUID())
      const data = path.join(folder, 'data')
      const cwd = path.join(folder, 'work')
      try {
        await Promise.all([data, cwd].map((each) => mkdir(each, { recursive: true })))
        // A copy: another user than ours may have to read it, and what is trained with stays when versions are swept.
        const copy = path.join(data, 'rows.parquet')
        await copyFile(file, copy, constants.COPYFILE_FICLONE)
        const { algorithm, parameters, target } = training
        const request = {
          file: copy,
          rows,
          columns: used,
          algorithm,
          parameters,
          target,
          onSpark: place.openSpark !== undefined,
          ...(place.largeBytes !== undefined && { largeBytes: place.largeBytes }),
        }
        const work = { training, tell, signal }
        const spark = place.openSpark?.(work)
        try {
          return await inProcess(place, { cwd, data }, request, { ...work, spark })
        } finally {
          await spark?.close()
        }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

async function openData(
  place: LocalPlace,
  { datasetVersionId, datasetName, datasetNumber }: ClaimedTraining,
) {
  if (datasetVersionId !== null)
    try {
      return await place.openVersion(datasetVersionId)
    } catch (error) {
      if ((error as { status?: number }).status !== 404) throw new EngineLost((error as Error).message)
    }
  throw new TrainingError(
    `the data set was deleted before the training began: ${datasetName}, version ${datasetNumber}`,
  )
}

async function inProcess(
  place: LocalPlace,
  { cwd, data }: { cwd: string; data: string },
  request: TrainRequest,
  work: Work,
): Promise<EngineResult> {
  const { signal } = work
  const { root, home, tensorflow } = place
  const most = Number(process.env.CELLAR_TRAINING_MEMORY) || Math.min(6 * 2 ** 30, 0.75 * totalmem())
  const memoryBytes = place.memoryBytes ?? most
  signal.throwIfAborted()
  const isolated = await spawnIsolated({
    script: place.script ?? path.join(root, 'dist', 'train.js'),
    nodeFlags: [`--max-old-space-size=${Math.floor((0.5 * memoryBytes) / 2 ** 20)}`],
    cwd,
    env: { CELLAR_ROOT: root, CELLAR_TF: tensorflow.name, TF_CPP_MIN_LOG_LEVEL: '3' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    readOnly: [path.join(root, 'node_modules'), path.join(root, 'package.json'), cacheDir()],
    given: [data],
    hidden: [home],
    memoryBytes,
    network: false,
  })
  const abort = () => isolated.kill()
  signal.addEventListener('abort', abort)
  try {
    return await converse(isolated, request, work)
  } finally {
    signal.removeEventListener('abort', abort)
    isolated.kill()
    // Its folder is removed next.
    await isolated.exited
  }
}

type Work = {
  training: ClaimedTraining
  tell: Telling
  signal: AbortSignal
  spark?: SparkLearner | undefined
}

function converse({ child, exited }: Isolated, request: TrainRequest, { tell, signal, spark }: Work) {
  const answer = (reply: LearnReply) => child.connected && child.send(reply, () => {})
  const rows = partsOfChild((n) => answer({ n, wants: 'part' }))
  return new Promise<EngineResult>((done, failed) => {
    let words = ''
    child.stdout?.resume()
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-2000)
    })
    // A write to a process that has just died; its exit says more.
    child.on('error', () => {})
    child.on('message', (message) => {
      const reply = message as TrainReply
      if (reply.type === 'done') return done(reply)
      if (reply.type === 'failed')
        return failed(reply.lost ? new EngineLost(reply.message) : new TrainingError(reply.message))
      if (reply.type === 'learn') {
        const { n, job } = reply
        spark?.learn(job, n, rows.parts(n)).then(
          (found) => answer({ n, answer: found }),
          ({ name, message }: Error) => answer({ n, error: { name, message } }),
        )
        return
      }
      if (reply.type === 'part') return rows.arrived(reply)
      if (reply.progress) tell.progress(reply.progress)
      for (const [name, points] of Object.entries(reply.points))
        for (const [step, value] of points) tell.point(name, step, value)
      for (const line of reply.lines) tell.log(line)
    })
    exited.then(({ reason, outOfMemory, signal: by }) => {
      rows.end()
      if (signal.aborted) return failed(signal.reason)
      if (outOfMemory)
        return failed(
          new TrainingError(
            `the training ran ${reason}; choose fewer columns, or a sample of the rows (CELLAR_TRAINING_MEMORY allows more)`,
          ),
        )
      const why = new Error(`the training's process ended: ${reason}`, { cause: words })
      failed(by ? new EngineLost(why.message) : new TrainingError(why.message))
    })
    child.send(request, () => {})
  })
}
