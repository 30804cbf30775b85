import { type ChildProcess, spawn } from 'node:child_process'

const running = new Set<ChildProcess>()

/** Ends the commands that run now; their calls reject. */
export function endCommands() {
  for (const child of running) child.kill('SIGTERM')
}

/** Runs a command to its end; rejects with the end of what it printed. Resolves with its standard output. */
export function run(
  command: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; uid?: number; gid?: number } = {},
) {
  return new Promise<string>((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    let out = ''
    let all = ''
    child.stdout.on('data', (data) => {
      out += data
      all = (all + data).slice(-4_000)
    })
    child.stderr.on('data', (data) => {
      all = (all + data).slice(-4_000)
    })
    child.on('error', (cause) => {
      running.delete(child)
      reject(new Error(`${command} could not be started: ${cause.message}`, { cause }))
    })
    child.on('close', (code, signal) => {
      running.delete(child)
      if (code === 0) resolve(out)
      else reject(new Error(`${command} ${args[0] ?? ''} ended with ${signal ?? code}:\n${all.trim()}`))
    })
  })
}
