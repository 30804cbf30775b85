import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A control group for one person's processes. */
export type Group = {
  /** A process joins by writing its pid to each of these. */
  procs: string[]
  /** How many processes the kernel has killed in it for want of memory. */
  outOfMemory(): number
  pids(): number[]
  /** After the last process has ended. */
  remove(): void
}

type Controller = { folder: string; settings: [file: string, value: string][]; events: string }

let serial = 0

/**
 * A new group that holds its processes to these bytes and this many tasks, threads counted;
 * undefined where this process may not make one (a plain user without delegation, macOS).
 */
export function createGroup(memoryBytes: number, tasks: number): Group | undefined {
  const name = `cellar-${process.pid}-${++serial}`
  const made: Controller[] = []
  for (const controller of controllers(name, memoryBytes, tasks)) {
    if (make(controller)) made.push(controller)
    else if (controller.events) {
      // Without the memory controller a group is of no use.
      for (const { folder } of made) remove(folder)
      return
    }
  }
  if (made.length === 0) return
  return {
    procs: made.map(({ folder }) => join(folder, 'cgroup.procs')),
    outOfMemory: () =>
      Math.max(...made.map(({ folder, events }) => (events ? kills(join(folder, events)) : 0))),
    pids: () => [...new Set(made.flatMap(({ folder }) => members(folder)))],
    remove: () => {
      for (const { folder } of made) remove(folder)
    },
  }
}

function controllers(name: string, memoryBytes: number, tasks: number): Controller[] {
  const memory = String(memoryBytes)
  if (existsSync('/sys/fs/cgroup/cgroup.controllers')) {
    const settings: Controller['settings'] = [
      ['memory.max', memory],
      ['memory.swap.max', '0'],
      ['pids.max', String(tasks)],
    ]
    return [{ folder: join('/sys/fs/cgroup', ownPath(''), name), settings, events: 'memory.events' }]
  }
  return [
    {
      folder: join('/sys/fs/cgroup/memory', ownPath('memory'), name),
      settings: [
        ['memory.limit_in_bytes', memory],
        ['memory.memsw.limit_in_bytes', memory],
      ],
      events: 'memory.oom_control',
    },
    {
      folder: join('/sys/fs/cgroup/pids', ownPath('pids'), name),
      settings: [['pids.max', String(tasks)]],
      events: '',
    },
  ]
}

/** This process's own group, below which it may make others; '' where it is not to be seen (a container). */
function ownPath(controller: string) {
  const base = join('/sys/fs/cgroup', controller)
  for (const line of readText('/proc/self/cgroup').split('\n')) {
    const [, names, path] = line.split(':')
    if (path && names?.split(',').includes(controller) && existsSync(join(base, path))) return path
  }
  return ''
}

function make({ folder, settings }: Controller) {
  try {
    mkdirSync(folder)
    // The first setting is the one that counts; swap accounting is often switched off.
    for (const [i, [file, value]] of settings.entries()) {
      if (i === 0) writeFileSync(join(folder, file), value)
      else if (existsSync(join(folder, file))) writeFileSync(join(folder, file), value)
    }
    return true
  } catch {
    remove(folder)
    return false
  }
}

const kills = (file: string) => Number(/^oom_kill (\d+)/m.exec(readText(file))?.[1] ?? 0)
const members = (folder: string) =>
  readText(join(folder, 'cgroup.procs')).split('\n').filter(Boolean).map(Number)

function remove(folder: string) {
  try {
    rmdirSync(folder)
  } catch {
    // Busy for a moment after the last process, or never made: the sweep finds it.
  }
}

/** Removes groups that hosts which are gone have left behind. */
export function sweepGroups() {
  for (const { folder } of controllers('', 0, 0)) {
    const parent = join(folder)
    for (const name of listFolder(parent)) {
      const owner = Number(/^cellar-(\d+)-\d+$/.exec(name)?.[1])
      if (owner && (owner === process.pid || !existsSync(`/proc/${owner}`))) remove(join(parent, name))
    }
  }
}

function listFolder(folder: string) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function readText(file: string) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
