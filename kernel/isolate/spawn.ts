import { type ChildProcess, type SerializationType, type StdioOptions, spawn } from 'node:child_process'
import { chownSync, lchownSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Isolation } from '../../lib/protocol/events'
import { bubblewrapArguments, findBubblewrap } from './bubblewrap'
import { createGroup, type Group } from './cgroup'
import { asNobody, isolationLevel, networkAllowed, nobody } from './level'
import { type ProcessInfo, processTree, recentProcesses } from './processes'
import { watchTree } from './watchdog'

/** A module that node runs. */
type Script = {
  script: string
  /** The program that runs `script`, without symbolic links. Default: the Node that runs this. */
  node?: string
  nodeFlags?: string[]
}
/** A program of its own, on a path without symbolic links. */
type Program = { program: string }
type Runnable = Script | Program

export type IsolatedScript = Script & Surroundings
export type IsolatedProgram = Program & Surroundings
export type IsolatedOptions = IsolatedScript | IsolatedProgram

type Surroundings = {
  args?: string[]
  /** Working folder, writable. Becomes `HOME`. */
  cwd: string
  /** All of the environment beside PATH, HOME, TMPDIR and LANG: nothing is inherited. Readable by the code: no secrets. */
  env?: Record<string, string>
  /** As for `spawn`; descriptors above 2 and `ipc` reach the process at every level. */
  stdio: StdioOptions
  /** Of messages over `ipc`. */
  serialization?: SerializationType
  /** Files and folders it may read beside the system, node, and the folder of what runs. */
  readOnly?: string[]
  readWrite?: string[]
  /** Folders made for this process alone: with all that is in them they become its user's, where that is another. */
  given?: string[]
  /** Folders that must not be seen even where a shown folder holds them (secrets). */
  hidden?: string[]
  /** Whether it reaches the network; as kernels do unless given. */
  network?: boolean
  /** Of all its processes together; past it they are killed. */
  memoryBytes: number
  /** Processes and threads together. */
  tasks?: number
}

export type Exit = {
  code: number | null
  signal: NodeJS.Signals | null
  outOfMemory: boolean
  /** Ended by `kill()`. */
  killed: boolean
  /** What happened, as a clause: `it ended with exit code 3`. */
  reason: string
}

export type Isolated = {
  /** The spawned process: at level 2 bubblewrap, which ends when the code's process does. Its stdio is the code's. */
  child: ChildProcess
  isolation: Isolation
  /** The code's processes, without bubblewrap's own. */
  processes(): ProcessInfo[]
  /** Ends the whole tree, at once. */
  kill(): void
  /** Settles once, after the exit and the last byte of stdio. Never rejects. */
  exited: Promise<Exit>
}

const defaultTasks = 1024
/** After the exit, for the last bytes in the pipes. */
const pipesMs = 1000

/**
 * The one place that spawns a process for a person's code: kernels, model children. Rejects when the process
 * cannot be started at all (no such folder, no descriptors left).
 */
export async function spawnIsolated(options: IsolatedOptions): Promise<Isolated> {
  const isolation = await isolationLevel()
  const { memoryBytes, tasks = defaultTasks, cwd, stdio, serialization } = options
  const group = createGroup(memoryBytes, tasks)
  const command = [...wrapper(options, isolation), ...runCommand(options), ...(options.args ?? [])]
  const [file, args] = shell(command, group, memoryBytes)
  if (isolation.level === 1) {
    for (const folder of [cwd, ...(options.readWrite ?? [])]) handOver(folder)
    for (const folder of options.given ?? []) give(folder)
  }
  const child = spawn(file, args, {
    cwd: isolation.level === 2 ? '/' : cwd,
    env: environment(options),
    stdio,
    serialization,
    // A group of its own: `kill` reaches what has left the tree.
    detached: isolation.level < 2,
  })
  await started(child, group)
  return supervise(child, isolation, group, options)
}

function runCommand(options: Runnable): string[] {
  if ('program' in options) return [options.program]
  const { script, node = realpathSync(process.execPath), nodeFlags = [] } = options
  return [node, ...nodeFlags, script]
}

function wrapper(options: IsolatedOptions, isolation: Isolation): string[] {
  if (isolation.level < 2) return isolation.level === 1 ? asNobody : []
  const { cwd, memoryBytes, readOnly = [], readWrite = [], given = [], hidden = [] } = options
  const view = {
    cwd,
    readOnly: [...runnableFiles(options), ...readOnly],
    readWrite: [cwd, ...readWrite, ...given],
    hidden,
    network: options.network ?? networkAllowed(),
    temporaryBytes: Math.floor(memoryBytes / 4),
  }
  return [findBubblewrap()!, ...bubblewrapArguments(view)]
}

function runnableFiles(options: Runnable): string[] {
  if ('program' in options) return [dirname(resolve(options.program))]
  // Another Node is shown as a file alone: what stands beside it may be anything.
  return [dirname(resolve(options.script)), ...(options.node ? [options.node] : [])]
}

/** The shell joins the control group before anything can be forked, then becomes the command. */
function shell(command: string[], group: Group | undefined, memoryBytes: number): [string, string[]] {
  const join = group ? group.procs.map((_, i) => `echo $$ > "$${i + 1}"`) : []
  // Without a group: the data segment's limit stops a single process even between two looks of the watchdog.
  const limit = group ? [] : [`ulimit -d ${Math.ceil((1.5 * memoryBytes) / 1024)}`]
  const steps = ['ulimit -c 0', ...join, ...limit, `shift ${join.length}`, 'exec "$@"']
  return ['/bin/sh', ['-c', steps.join('; '), 'sh', ...(group?.procs ?? []), ...command]]
}

function environment({ cwd, env }: IsolatedOptions) {
  const path = [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':')
  return {
    PATH: path,
    HOME: resolve(cwd),
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    ...env,
  } as unknown as NodeJS.ProcessEnv
}

/** Gives a folder to the unprivileged user if it is empty; a person's own files stay theirs, and readable only. */
function handOver(folder: string) {
  if (statSync(folder).uid !== nobody && readdirSync(folder).length === 0) chownSync(folder, nobody, nobody)
}

function give(folder: string) {
  chownSync(folder, nobody, nobody)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    lchownSync(join(folder, name), nobody, nobody)
}

function started(child: ChildProcess, group: Group | undefined) {
  return new Promise<void>((done, failed) => {
    child.once('spawn', done)
    child.once('error', (error) => {
      group?.remove()
      failed(error)
    })
  })
}

function supervise(
  child: ChildProcess,
  isolation: Isolation,
  group: Group | undefined,
  { memoryBytes, tasks = defaultTasks }: IsolatedOptions,
): Isolated {
  const pid = child.pid!
  let killed = false
  let excess: string | undefined
  const tree = () => processTree(pid)
  const end = () => {
    const pids = isolation.level < 2 ? [...tree().map((each) => each.pid), ...(group?.pids() ?? [])] : []
    child.kill('SIGKILL')
    if (isolation.level < 2) for (const each of [-pid, ...pids]) signal(each, 'SIGKILL')
  }
  // Also beside a control group, until the process is seen to have joined it.
  const watch = watchTree(pid, { memoryBytes, tasks, needed: () => !group?.pids().length }, (what) => {
    excess = what
    end()
  })
  const exited = new Promise<Exit>((done) => {
    let ended: [number | null, NodeJS.Signals | null] | undefined
    const finish = () => {
      watch.stop()
      const outOfMemory = excess === 'memory' || (group?.outOfMemory() ?? 0) > 0
      // What it left running in its control group goes too; a removal needs an empty group.
      for (const left of group?.pids() ?? []) signal(left, 'SIGKILL')
      removeSoon(group)
      const exit = { ...ending(ended?.[0] ?? null, ended?.[1] ?? null, isolation), outOfMemory, killed }
      const reason =
        excess === 'tasks' ? `it started more than ${tasks} processes` : explain(exit, memoryBytes)
      done({ ...exit, reason })
    }
    child.once('exit', (code, name) => {
      ended = [code, name]
      // Something that it started may hold its pipes open for ever.
      const timer = setTimeout(() => {
        end()
        finish()
      }, pipesMs)
      child.once('close', () => {
        clearTimeout(timer)
        finish()
      })
    })
  })
  return {
    child,
    isolation,
    processes: () => processTree(pid, recentProcesses(100)).filter(({ name }) => name !== 'bwrap'),
    kill: () => {
      killed = true
      end()
    },
    exited,
  }
}

/** bubblewrap and shells tell a signal as exit code 128 + its number. */
function ending(code: number | null, signal: NodeJS.Signals | null, isolation: Isolation) {
  if (isolation.level < 2 || code === null || code <= 128) return { code, signal }
  const name = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0]
  return name ? { code: null, signal: name as NodeJS.Signals } : { code, signal }
}

function explain(exit: Omit<Exit, 'reason'>, memoryBytes: number) {
  if (exit.outOfMemory) return `out of memory: it used more than ${(memoryBytes / 2 ** 30).toFixed(1)} GiB`
  if (exit.killed) return 'it was ended'
  if (exit.signal) return `it was ended by ${exit.signal}`
  return `it ended with exit code ${exit.code}`
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch {
    // Already gone.
  }
}

/** A killed process leaves its control group a moment after its parent has heard of it. */
function removeSoon(group: Group | undefined) {
  if (!group) return
  group.remove()
  setTimeout(() => group.remove(), 500).unref()
}
