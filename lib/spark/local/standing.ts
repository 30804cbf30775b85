import net from 'node:net'
import { outsideSpark } from '../access'
import { installedSpark } from './install'
import { findJava } from './java'
import { liveSpark, readSettings } from './record'

/** How Spark stands, as files and a connection say it: what pages show, without asking Spark itself. */
export type SparkStanding = {
  kind: 'own' | 'outside'
  state: 'ready' | 'starting' | 'failed' | 'absent'
  /** `host:port`, where there is one. */
  address?: string
  version?: string
  applicationId?: string
  /** Why it is not ready, and what to do. */
  reason?: string
  /** What runs a Spark of this machine; of an outside one nothing is needed here. */
  java?: string
  isInstalled?: boolean
}

const connectMs = 1_500

/** Whether Spark is there, and why not. */
export async function sparkStanding(home: string): Promise<SparkStanding> {
  try {
    const outside = outsideSpark()
    if (outside) {
      const address = `${outside.host}:${outside.port}`
      const problem = await unreachable(outside.host, outside.port)
      if (!problem) return { kind: 'outside', state: 'ready', address }
      return {
        kind: 'outside',
        state: 'failed',
        address,
        reason: `the Spark of SPARK_REMOTE does not answer: ${problem}`,
      }
    }
  } catch (error) {
    return { kind: 'outside', state: 'failed', reason: (error as Error).message }
  }
  const java = await findJava().then(
    ({ version, home: folder }) => ({ text: `Java ${version} in ${folder}` }),
    ({ message }: Error) => ({ problem: message }),
  )
  const machine = {
    kind: 'own',
    java: 'text' in java ? java.text : java.problem,
    isInstalled: installedSpark() !== undefined,
  } as const
  const live = liveSpark(home)
  if (!live) {
    const reason = 'problem' in java ? java.problem : 'no Spark runs here; start one with: cellar spark start'
    return { ...machine, state: 'absent', reason }
  }
  const { port } = readSettings(home) ?? {}
  const { state, detail, version, applicationId } = live
  if (state === 'failed') return { ...machine, state, reason: detail }
  if (state === 'ready') return { ...machine, state, address: `127.0.0.1:${port}`, version, applicationId }
  return { ...machine, state: 'starting', reason: detail ?? 'it is being started' }
}

function unreachable(host: string, port: number) {
  return new Promise<string | undefined>((done) => {
    const socket = net.connect({ host: host.replace(/^\[|\]$/g, ''), port, timeout: connectMs })
    const end = (problem?: string) => {
      socket.destroy()
      done(problem)
    }
    socket.once('connect', () => end())
    socket.once('timeout', () => end(`nothing came within ${connectMs / 1000} s`))
    socket.once('error', ({ message }) => end(message))
  })
}
