import { processTree, recentProcesses } from './processes'

const intervalMs = 250

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
    const tree = processTree(pid, recentProcesses(intervalMs / 2))
    const memory = tree.reduce((sum, each) => sum + each.memory, 0)
    const what = memory > limits.memoryBytes ? 'memory' : tree.length > limits.tasks ? 'tasks' : undefined
    if (!what) return
    clearInterval(timer)
    onExcess(what)
  }, intervalMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
