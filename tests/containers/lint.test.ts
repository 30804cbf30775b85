import { readFileSync } from 'node:fs'
import path from 'node:path'
import { DCLinter } from 'dclint'
import { DockerfileParser, type Instruction } from 'dockerfile-ast'
import { ValidationSeverity, validate } from 'dockerfile-utils'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../support/paths'

const text = readFileSync(path.join(root, 'Dockerfile'), 'utf8')
const instructions = DockerfileParser.parse(text).getInstructions()
const named = (keyword: string) => instructions.filter((each) => each.getKeyword() === keyword)
const argumentsOf = (instruction: Instruction) => instruction.getArgumentsContent() ?? ''

type Service = {
  image?: string
  build?: { target: string }
  environment?: Record<string, string>
  secrets?: string[]
  networks?: string[]
  ports?: string[]
}
const compose = parse(readFileSync(path.join(root, 'compose.yaml'), 'utf8')) as {
  services: Record<string, Service>
  secrets: Record<string, { file: string }>
  networks: Record<string, { internal?: boolean }>
}

test('Docker’s own rules find nothing in the Dockerfile', () => {
  expect(validate(text, { instructionWorkdirRelative: ValidationSeverity.ERROR })).toEqual([])
})

test('every base image is one version, and every stage has a name', () => {
  const stages = named('FROM').map((each) => argumentsOf(each).split(/\s+/))
  const names = stages.map(([, , name]) => name)
  expect(names).toEqual(['build', 'base', 'web', 'jobs', 'data', 'isolating', 'host', 'worker', 'trainer'])
  const images = stages.map(([image]) => image!).filter((image) => !names.includes(image))
  expect(images.filter((image) => !/:\d+\.\d+\.\d+/.test(image))).toEqual([])
})

test('packages come without what they merely recommend, and leave no lists behind', () => {
  const installs = named('RUN')
    .map(argumentsOf)
    .filter((line) => line.includes('apt-get install'))
  expect(installs.length).toBe(3)
  for (const line of installs) {
    expect(line).toContain('--no-install-recommends')
    expect(line).toContain('rm -rf /var/lib/apt/lists/*')
  }
})

test('commands are lists, so that a signal reaches the process', () => {
  const commands = [...named('CMD'), ...named('ENTRYPOINT')].map(argumentsOf)
  expect(commands.map((line) => Array.isArray(JSON.parse(line)))).toEqual(commands.map(() => true))
})

test('no secret stands in an image or in an environment', () => {
  const inImages = [...named('ENV'), ...named('ARG')].map(argumentsOf).join(' ')
  expect(inImages).not.toMatch(/SECRET|TOKEN|PASSWORD|KEY|URL/)
  const variables = Object.values(compose.services).flatMap(({ environment = {} }) =>
    Object.keys(environment),
  )
  expect(
    variables.filter((name) => /SECRET|TOKEN|PASSWORD|KEY|_URL/.test(name) && !name.endsWith('_FILE')),
  ).toEqual([])
})

test('compose.yaml fits the specification and the rules of its linter', () => {
  const found = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] } as never).lintFiles(
    [path.join(root, 'compose.yaml')],
    false,
  )
  expect(found.flatMap(({ messages }) => messages.map(({ line, message }) => `${line}: ${message}`))).toEqual(
    [],
  )
})

test('each process is told what it needs: where people’s code runs, nothing of database and queue is known', () => {
  const { host, worker } = compose.services
  expect([host!.secrets, worker!.secrets]).toEqual([['machine-token'], ['redis-url']])
  expect(host!.networks).toEqual(['kernels'])
  expect(compose.networks.servers).toEqual({ internal: true })
})

test('secrets that are given exist, and files that are named are given', () => {
  const names = Object.keys(compose.secrets)
  for (const [name, { environment = {}, secrets = [] }] of Object.entries(compose.services)) {
    expect(secrets.filter((secret) => !names.includes(secret))).toEqual([])
    const files = Object.entries(environment).filter(([key]) => key.endsWith('_FILE'))
    for (const [, file] of files)
      expect([name, secrets]).toEqual([name, expect.arrayContaining([path.basename(file)])])
  }
})

test('versions of servers are given, and ports are of this machine', () => {
  const { postgres, redis, web } = compose.services
  expect([postgres!.image, redis!.image]).toEqual([
    expect.stringMatching(/^postgres:\d+\.\d+$/),
    expect.stringMatching(/^redis:\d+\.\d+\.\d+$/),
  ])
  expect(web!.ports).toEqual(['127.0.0.1:3000:3000'])
  const published = Object.entries(compose.services).filter(([, { ports }]) => ports)
  expect(published.map(([name]) => name)).toEqual(['web'])
})
