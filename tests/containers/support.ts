import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { DockerfileParser } from 'dockerfile-ast'
import { parse } from 'yaml'
import { root } from '../support/paths'

const dockerfile = DockerfileParser.parse(readFileSync(path.join(root, 'Dockerfile'), 'utf8'))
const compose = parse(readFileSync(path.join(root, 'compose.yaml'), 'utf8')) as {
  services: Record<
    string,
    { build: { target: string }; environment: Record<string, string>; command?: string[] }
  >
}

type Stage = { entrypoint: string[]; cmd: string[]; healthcheck: string[]; env: Record<string, string> }

/** What the Dockerfile says of a target, its base images' words first. */
function stage(target: string): Stage {
  const found: Stage = { entrypoint: [], cmd: [], healthcheck: [], env: {} }
  const instructions = dockerfile.getInstructions()
  const begin = instructions.findIndex(
    (each) => each.getKeyword() === 'FROM' && each.getArgumentsContent()!.endsWith(` AS ${target}`),
  )
  if (begin < 0) throw new Error(`no such target: ${target}`)
  const [base] = instructions[begin]!.getArgumentsContent()!.split(/\s+/)
  if (!base!.includes(':')) Object.assign(found, stage(base!))
  for (const each of instructions.slice(begin + 1)) {
    const content = each.getArgumentsContent() ?? ''
    if (each.getKeyword() === 'FROM') break
    if (each.getKeyword() === 'ENTRYPOINT') found.entrypoint = JSON.parse(content)
    if (each.getKeyword() === 'CMD') found.cmd = JSON.parse(content)
    if (each.getKeyword() === 'HEALTHCHECK')
      found.healthcheck = JSON.parse(content.slice(content.indexOf('[')))
    if (each.getKeyword() === 'ENV')
      for (const [, name, value] of content.matchAll(/(\w+)=(\S+)/g)) found.env[name!] = value!
  }
  return found
}

export type Outside = {
  /** Stands for `/run/secrets`. */
  secrets: string
  /** Folders of the container and what stands for them. */
  folders: Record<string, string>
  /** Values that differ outside, by variable: addresses, above all. */
  env: Record<string, string>
}

/** A service's command and environment as its container gets them, with paths and addresses of this machine. */
export function commandOf(service: string, { secrets, folders, env }: Outside) {
  const { build, environment, command } = compose.services[service]!
  const { entrypoint, cmd, healthcheck, env: image } = stage(build.target)
  const mapped = Object.entries({ ...image, ...environment }).map(([name, value]) => [
    name,
    value.startsWith('/run/secrets/') ? path.join(secrets, path.basename(value)) : (folders[value] ?? value),
  ])
  // Only ends what is left over; the first process of a container must.
  const init = ['tini', '--']
  const whole = [...entrypoint, ...(command ?? cmd)]
  if (whole.slice(0, 2).join() !== init.join()) throw new Error(`no init before: ${whole.join(' ')}`)
  return {
    command: whole.slice(2),
    healthcheck,
    env: { PATH: process.env.PATH!, HOME: process.env.HOME!, ...Object.fromEntries(mapped), ...env },
  }
}

/** Runs it; `line` resolves when it has printed one that matches. */
export function start({ command: [file, ...args], env }: { command: string[]; env: Record<string, string> }) {
  const child: ChildProcess = spawn(file === 'node' ? process.execPath : file!, args, {
    cwd: root,
    env: env as NodeJS.ProcessEnv,
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout!, child.stderr!])
    createInterface({ input: stream }).on('line', (text) => {
      lines.push(text)
      for (const look of waiting) look()
    })
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  return {
    lines,
    ended,
    line(pattern: RegExp) {
      return new Promise<string>((resolve, reject) => {
        const look = () => {
          const found = lines.find((text) => pattern.test(text))
          if (!found) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
        void ended.then(([code]) =>
          reject(new Error(`${args.join(' ')} ended with ${code}:\n${lines.join('\n')}`)),
        )
      })
    },
    async stop() {
      child.kill('SIGTERM')
      return (await ended)[0]
    },
  }
}
