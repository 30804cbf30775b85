import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, signUp } from '../../bench/client'
import { type Started, startCellar } from '../support/cellar'
import { newKey, predict } from '../support/endpoint'
import { newPage } from '../support/page'
import { root } from '../support/paths'
import { compatPython, runPython, runTool } from './python'

/** The field's own Python clients, unchanged, against a function that a notebook promoted. */

const cell = `import { promote } from 'cellar'
import * as tf from '@tensorflow/tfjs-node'
const weights = tf.tensor2d([[0.017], [-0.31]])
const level = { Private: 0.25, Government: 1 / 3 }
const risk = (people) => tf.tidy(() => {
  const inputs = tf.tensor2d(people.map(({ age, hours }) => [age, hours]))
  const scores = inputs.matMul(weights).sigmoid().dataSync()
  return people.map(({ work }, i) => ({ score: scores[i] * level[work], label: scores[i] > 0.001 ? 'yes' : 'no' }))
})
const people = Array.from({ length: 40 }, (_, i) => ({ age: 20 + i + 0.5, hours: 7 * (i % 9), work: i % 3 ? 'Private' : 'Government' }))
await promote('risk', risk, { data: people })`

const records = Array.from({ length: 12 }, (_, i) => ({
  age: 31.25 + i,
  hours: (i * 5) % 60,
  work: i % 2 ? 'Private' : 'Government',
}))

let cellar: Started
let person: Person
beforeAll(async () => {
  await compatPython()
  cellar = await startCellar()
  person = await signUp(cellar.origin)
}, 600_000)
afterAll(() => cellar?.stop())

type Prediction = { score: number; label: string }

/** Promotes the function, and makes a key. */
async function promoted() {
  const page = await newPage(person)
  const { state, outputs } = await page.execute(cell, 120_000)
  expect(state, JSON.stringify(outputs)).toBe('done')
  page.close()
  return (await newKey(person)).token
}

test('Triton’s, KServe’s and MLflow’s clients get the same answers as the API, to 1e-6', async () => {
  const key = await promoted()
  const { body } = await predict(cellar.origin, 'risk', records, { authorization: `Bearer ${key}` })
  const expected = body.predictions as Prediction[]

  const gateway = spawn(
    process.execPath,
    [path.join(root, 'bin/cellar'), 'gateway', '--mlflow', 'risk', '--port', '0', '--url', cellar.origin],
    { env: { ...process.env, CELLAR_API_KEY: key }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = (await once(createInterface({ input: gateway.stdout }), 'line')) as [string]
  const mlflowPort = Number(/:(\d+);/.exec(line)![1])
  try {
    const answers = await runPython<Record<string, Prediction[]>>('clients.py', {
      host: new URL(cellar.origin).host,
      endpoint: 'risk',
      key,
      records,
      mlflowPort,
    })
    const { 'mlflow version': version, ...predictions } = answers
    expect(version).toBe('3.17.2')
    expect(Object.keys(predictions)).toEqual([
      'triton binary',
      'triton json',
      'kserve v1',
      'kserve v2',
      'mlflow frame',
    ])
    for (const [client, given] of Object.entries(predictions)) {
      expect([client, given.map(({ label }) => label)]).toEqual([client, expected.map(({ label }) => label)])
      const gaps = given.map(({ score }, i) => Math.abs(score - expected[i]!.score))
      expect([client, Math.max(...gaps) < 1e-6]).toEqual([client, true])
    }
  } finally {
    gateway.kill('SIGINT')
    await once(gateway, 'exit')
  }
}, 300_000)

test('schemathesis finds no error of the server and no answer that the OpenAPI document does not name', async () => {
  const key = await promoted()
  const authorization = `Bearer ${key}`
  const document = await fetch(`${cellar.origin}/api/v1/risk/openapi.json`, { headers: { authorization } })
  const file = path.join(cellar.home, 'openapi.json')
  await writeFile(file, await document.text())
  const { code, output } = await runTool('schemathesis', [
    'run',
    file,
    '--url',
    `${cellar.origin}/api/v1`,
    '--header',
    `Authorization: ${authorization}`,
    '--checks',
    'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance',
    '--phases',
    'examples,coverage,fuzzing',
    // Of each operation; more than two thousand in all.
    '--max-examples',
    '400',
    '--seed',
    '1',
    '--no-color',
  ])
  expect(code, output.slice(-6000)).toBe(0)
  expect(output).toMatch(/[2-9],?\d{3} generated/)
}, 400_000)
