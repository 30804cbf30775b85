import { parentPort, workerData } from 'node:worker_threads'
import type { Assign } from './assign'
import { type Layout, takeParts } from './parts'

/** A thread beside the one that trains: it waits in the shared memory for a pass, and takes parts of it. */
const { module, memory, layout, thread } = workerData as {
  module: WebAssembly.Module
  memory: WebAssembly.Memory
  layout: Layout
  thread: number
}
const { exports } = new WebAssembly.Instance(module, { environment: { memory } })
const control = new Int32Array(memory.buffer, layout.control, 8)
parentPort!.postMessage('ready')
for (let pass = 0; ; ) {
  Atomics.wait(control, 0, pass)
  pass = Atomics.load(control, 0)
  if (pass < 0) break
  takeParts(exports.assign as Assign, memory, layout, thread)
  if (Atomics.sub(control, 2, 1) === 1) Atomics.notify(control, 2)
}
