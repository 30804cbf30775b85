import { processTree, readProcesses } from './processes'

const intervalMs = 250
/** One reading of `/proc` serves every kernel of this process. */
let shared: { at: number; processes: ReturnType<typeof readProcesses> } | undefined

/**
 * Where no control group can be made: looks at a process tree four times a second and calls `onExcess` once,
 * when it holds more memory or more processes than it may; it stops by itself once it is not `needed`. Heap limits do not see Buffers; this does.
 */
export function watchTree(
  pid: number,
  limits: { memoryBytes: number; tasks: number; needed(): boolean },
  onExcess: (what: 'memory' | 'tasks') => void,
): { stop(): void } {
  const timer = setInterval(() => {
    if (!limits.needed()) return clearInterval(timer)
    const now = performance.now()
    if (!shared || now - shared.at > intervalMs / 2) shared = { at: now, processes: readProcesses() }
    const tree = processTree(pid, shared.processes)
    const memory = tree.reduce((sum, each) => sum + each.memory, 0)
    const what = memory > limits.memoryBytes ? 'memory' : tree.length > limits.tasks ? 'tasks' : undefined
    if (!what) return
    clearInterval(timer)
    onExcess(what)
  }, intervalMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
