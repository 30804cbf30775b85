// biome-ignore-all lint/suspicious/noTemplateCurlyInString: SQL with placeholders in strings
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { sqlToTypeScript } from '../../../lib/notebook/sql/to-typescript'
import { startKernel, type TestKernel } from '../../support/kernel'

let kernel: TestKernel
beforeAll(async () => {
  kernel = await startKernel()
  await value(`const warehouse = ${JSON.stringify(inject('databaseUrl'))}; const least = 2`)
})
afterAll(() => kernel.close())

async function value(source: string) {
  const { text, error } = await kernel.run(source)
  if (error) throw new Error(error.evalue)
  return text
}
/** The result of an SQL cell whose first line names the connection. */
const query = async (text: string) => {
  const { error } = await kernel.run(sqlToTypeScript(`-- connection: warehouse\n${text}`, 'found'), 'sql')
  return error
    ? { ename: error.ename, evalue: error.evalue, at: error.frames[0]?.line }
    : await value('found.objects()')
}

test('PostgreSQL answers with a table; its numbers are numbers, placeholders are values', async () => {
  const rows = "SELECT n::bigint AS n, n * 1.5 AS half, 't' || n AS t, nullif(n, 2) AS odd, n > 2 AS big"
  expect(await query(`${rows} FROM generate_series(1, 3) n WHERE n >= \${least}`)).toBe(`[
  { n: 2, half: 3, t: 't2', odd: null, big: false },
  { n: 3, half: 4.5, t: 't3', odd: 3, big: true }
]`)
  expect(await value("[found.array('half'), found.numRows()]")).toBe('[ [ 3, 4.5 ], 2 ]')
})

test('a table without rows keeps its columns', async () => {
  await query('SELECT 1 AS a, 2 AS a WHERE false')
  expect(await value('[found.numRows(), found.columnNames()]')).toBe("[ 0, [ 'a', 'a_1' ] ]")
})

test('many rows come in parts', async () => {
  await query('SELECT n FROM generate_series(1, 20000) n')
  expect(await value("[found.numRows(), found.get('n', 19999)]")).toBe('[ 20000, 20000 ]')
})

test('a result of PostgreSQL is a table of the next query in DuckDB', async () => {
  await query('SELECT n FROM generate_series(1, 10) n')
  expect(await value("(await (await import('cellar')).sql`SELECT sum(n) AS s FROM found`).objects()")).toBe(
    '[ { s: 55 } ]',
  )
})

test('what PostgreSQL refuses stands at its line', async () => {
  expect(await query('SELECT *\nFROM nobody')).toEqual({
    ename: 'SqlError',
    evalue: 'relation "nobody" does not exist',
    at: 3,
  })
})

test('the address may be a secret', async () => {
  kernel.onCall = () => inject('databaseUrl')
  await kernel.run(sqlToTypeScript('-- connection: hidden\nSELECT 7 AS seven', 'found'), 'sql')
  expect(await value('found.objects()')).toBe('[ { seven: 7 } ]')
})

test('an address that is neither a variable nor a secret is asked for', async () => {
  kernel.onCall = () => Promise.reject(new Error('no secret has this name: nowhere'))
  const { error } = await kernel.run(sqlToTypeScript('-- connection: nowhere\nSELECT 1'))
  expect(error?.evalue).toBe(
    'no variable and no secret holds the address of the server: nowhere; add one with postgres://…',
  )
})

test('an address of something else is refused', async () => {
  const { error } = await kernel.run("(await import('cellar')).sql.on('http://x')`SELECT 1`")
  expect(error?.evalue).toBe('the address of a PostgreSQL server begins with postgres://')
})

test('a stopped query ends on the server, too', async () => {
  const { n, ended } = kernel.start(
    sqlToTypeScript('-- connection: warehouse\nSELECT pg_sleep(600)', 'found'),
    'sql',
  )
  const admin = postgres(inject('databaseUrl'), { max: 1, onnotice: () => {} })
  const running = async () =>
    (
      await admin`SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND state = 'active' AND pid <> pg_backend_pid()`
    ).length
  await expect.poll(running).toBe(1)
  expect(await kernel.interrupt(n)).toBe('stopped')
  expect((await ended).state).toBe('interrupted')
  await expect.poll(running).toBe(0)
  await admin.end()
})
