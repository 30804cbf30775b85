import { spawn } from 'node:child_process'

/** Runs a command to its end; rejects with the end of what it printed. Resolves with its standard output. */
export function run(
  command: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; uid?: number; gid?: number } = {},
) {
  return new Promise<string>((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let all = ''
    child.stdout.on('data', (data) => {
      out += data
      all = (all + data).slice(-4_000)
    })
    child.stderr.on('data', (data) => {
      all = (all + data).slice(-4_000)
    })
    child.on('error', (cause) =>
      reject(new Error(`${command} could not be started: ${cause.message}`, { cause })),
    )
    child.on('close', (code) => {
      if (code === 0) resolve(out)
      else reject(new Error(`${command} ${args[0] ?? ''} ended with ${code}:\n${all.trim()}`))
    })
  })
}
