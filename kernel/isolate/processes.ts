import { readdirSync, readFileSync } from 'node:fs'

/** One process as `/proc/<pid>/stat` shows it. */
export type ProcessInfo = {
  pid: number
  parent: number
  /** The executable's name, at most 15 bytes. */
  name: string
  /** Resident memory, bytes. */
  memory: number
  /** Processor time used so far, seconds. */
  cpu: number
}

/** Linux counts processor time in these on every platform that Node supports. */
const ticksPerSecond = 100
const pageBytes = 4096

/** Every process that is visible now, by pid; empty where there is no `/proc`. */
export function readProcesses(): Map<number, ProcessInfo> {
  const processes = new Map<number, ProcessInfo>()
  for (const name of listProc()) {
    const info = readProcess(Number(name))
    if (info) processes.set(info.pid, info)
  }
  return processes
}

let recent: { at: number; processes: ReturnType<typeof readProcesses> } | undefined

/** A reading not older than `ageMs`: one serves all the kernels of this process. */
export function recentProcesses(ageMs: number): Map<number, ProcessInfo> {
  const now = performance.now()
  if (!recent || now - recent.at > ageMs) recent = { at: now, processes: readProcesses() }
  return recent.processes
}

/** The process and all that descend from it, parents first. */
export function processTree(root: number, processes = readProcesses()): ProcessInfo[] {
  const children = new Map<number, number[]>()
  for (const { pid, parent } of processes.values()) {
    const siblings = children.get(parent)
    if (siblings) siblings.push(pid)
    else children.set(parent, [pid])
  }
  const tree: ProcessInfo[] = []
  const pending = [root]
  for (let pid = pending.pop(); pid !== undefined; pid = pending.pop()) {
    const info = processes.get(pid)
    if (info) tree.push(info)
    pending.push(...(children.get(pid) ?? []))
  }
  return tree
}

function listProc() {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}

function readProcess(pid: number): ProcessInfo | undefined {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    return
  }
  // The name stands in parentheses and may itself hold any character.
  const close = stat.lastIndexOf(')')
  const fields = stat.slice(close + 2).split(' ')
  return {
    pid,
    parent: Number(fields[1]),
    name: stat.slice(stat.indexOf('(') + 1, close),
    memory: Number(fields[21]) * pageBytes,
    cpu: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
  }
}
