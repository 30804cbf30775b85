import { Session } from 'node:inspector'
import { Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { createTerminatorLock, type LockMemory } from './lock'

/**
 * A worker thread that reads the control pipe itself, since the main thread may be spinning. After `interrupt n` it
 * asks the main thread again and again until that says `stopped`, and terminates what runs whenever a question
 * went unanswered. After 1.9 s it gives up with `stuck`, and the host restarts the kernel. `take-back n` is answered here,
 * too: the host learns at once which executions have begun, however long the running one goes on.
 */

/** To the main thread: stop execution `ask`. */
export type Question = { ask: number }
/** From it: its event loop turns; or, execution `stopped` has ended. */
export type Answer = { pong: true } | { stopped: number }
export type SupervisorData = { fd: number; lock: LockMemory }

const askEvery = 150
const giveUpAfter = 1900
/** How soon to try again when the main thread was writing. */
const retryEvery = 5

const { fd, lock: memory } = workerData as SupervisorData
const port = parentPort!
const lock = createTerminatorLock(memory)
const session = new Session()
session.connectToMainThread()
const control = new Socket({ fd, readable: true, writable: true })

let asking: NodeJS.Timeout | undefined
let retrying: NodeJS.Timeout | undefined
let asked = 0
let pong = false

const ask = () => port.postMessage({ ask: asked } satisfies Question)

function end(word: 'stopped' | 'stuck') {
  clearInterval(asking)
  clearTimeout(retrying)
  asking = undefined
  control.write(`${word} ${asked}\n`)
}

function terminate() {
  clearTimeout(retrying)
  if (!asking || pong) return
  const entry = lock.enter(asked)
  if (entry === 'wait') retrying = setTimeout(terminate, retryEvery)
  if (entry !== 'entered') return
  // The answer comes from the main thread as the termination begins there.
  const released = setTimeout(() => lock.leave(), askEvery - retryEvery)
  session.post('Runtime.terminateExecution', () => {
    clearTimeout(released)
    lock.leave()
  })
}

function interrupt(n: number) {
  clearInterval(asking)
  asked = n
  lock.asked(n)
  pong = false
  const began = Date.now()
  ask()
  asking = setInterval(() => {
    if (Date.now() - began > giveUpAfter) return end('stuck')
    if (!pong) terminate()
    pong = false
    ask()
  }, askEvery)
}

port.on('message', (answer: Answer) => {
  pong = true
  // A late answer about an older execution ends nothing.
  if ('stopped' in answer && asking && answer.stopped === asked) end('stopped')
})

let line = ''
control.on('data', (chunk) => {
  const lines = (line + chunk).split('\n')
  line = lines.pop()!
  for (const each of lines) {
    const found = /^interrupt (\d+)$/.exec(each)
    if (found) interrupt(Number(found[1]))
    const back = /^take-back (\d+)$/.exec(each)
    if (back) control.write(`taken-back ${back[1]} ${lock.takeBack(Number(back[1]))}\n`)
  }
})

// A spinning child would outlive its host.
const orphaned = () => process.kill(process.pid, 'SIGKILL')
control.on('close', orphaned)
control.on('error', orphaned)
