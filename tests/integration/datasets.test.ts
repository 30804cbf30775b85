import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Person, signUp } from '../../bench/client'
import { type Started, startCellar } from '../support/cellar'
import { newPage, type Page } from '../support/page'

/** Cells read data sets of their workspace: a version each, which is recorded. */

let cellar: Started
let person: Person
let page: Page

beforeAll(async () => {
  cellar = await startCellar()
  person = await signUp(cellar.origin)
  page = await newPage(person)
  // The examples are imported once, after the first start.
  await vi.waitFor(async () =>
    expect(await namesIn(await person.request('/api/datasets'))).toEqual(
      expect.arrayContaining(['iris', 'mnist', 'penguins']),
    ),
  )
})
afterAll(async () => {
  page?.close()
  await cellar?.stop()
})

const namesIn = async (answer: Response) =>
  ((await answer.json()) as { datasets: { name: string }[] }).datasets.map(({ name }) => name)

test('a data set is a table of its columns, in its order', async () => {
  const source = `import { dataset } from 'cellar'
const iris = await dataset('iris')
;[iris.numRows(), iris.columnNames(), iris.object(0)]`
  expect(JSON.stringify(await page.value(source))).toBe(
    JSON.stringify(
      `[\n  150,\n  [\n    'sepal_length',\n    'sepal_width',\n    'petal_length',\n    'petal_width',\n    'species'\n  ],\n  {\n    sepal_length: 5.1,\n    sepal_width: 3.5,\n    petal_length: 1.4,\n    petal_width: 0.2,\n    species: 'setosa'\n  }\n]`,
    ),
  )
})

test('missing values are null, images are numbers of one length', async () => {
  expect(
    await page.value(`const penguins = await dataset('penguins', { version: 1 })
penguins.filter((d) => d.sex === null).numRows()`),
  ).toBe('11')
  expect(
    await page.value(`const mnist = await dataset('mnist')
const pixels = mnist.array('pixels')
;[mnist.numRows(), pixels.length, pixels[0].length, pixels[0].constructor.name, mnist.get('label', 0)].join(' ')`),
  ).toBe("'10000 10000 784 Float64Array 7'")
})

test('a query names a data set as it names a table, and a variable of that name comes first', async () => {
  expect(
    await page.value(`import { sql } from 'cellar'
const bySpecies = await sql\`SELECT species, count(*) AS n FROM penguins GROUP BY species ORDER BY n\`
JSON.stringify(bySpecies.objects())`),
  ).toBe(`'[{"species":"Chinstrap","n":68},{"species":"Gentoo","n":124},{"species":"Adelie","n":152}]'`)
  expect(
    await page.value(
      'JSON.stringify((await sql`SELECT count(*) AS n FROM mnist WHERE label = 7`).objects())',
    ),
  ).toBe(`'[{"n":1028}]'`)
})

test('what is not there is said, with what is', async () => {
  const { outputs } = await page.execute(`await dataset('irises')`)
  expect(outputs.at(-1)).toMatchObject({
    output_type: 'error',
    evalue:
      'there is no data set of this name: irises; files that can be read are adult-income.csv, iris.csv, mnist-t10k-images-idx3-ubyte.gz, mnist-t10k-labels-idx1-ubyte.gz, penguins.csv',
  })
  const later = await page.execute(`await dataset('iris', { version: 9 })`)
  expect(later.outputs.at(-1)).toMatchObject({
    output_type: 'error',
    evalue: expect.stringMatching(/^iris has the versions 1 to 1, not 9; /),
  })
})

test('a cell saves versions, whose types come back as they were', async () => {
  expect(
    await page.value(`import { saveDataset } from 'cellar'
const some = await sql\`SELECT species, DATE '2009-01-01' AS day, CAST(body_mass_g AS BIGINT) AS mass FROM penguins WHERE body_mass_g IS NOT NULL ORDER BY body_mass_g LIMIT 20\`
const one = await saveDataset('few-penguins', some, { message: 'the first twenty' })
const two = await saveDataset('few-penguins', some.slice(0, 5))
JSON.stringify([one, two].map(({ name, version, rows, page }) => [name, version, rows, page]))`),
  ).toBe(
    `'[["few-penguins",1,20,"${cellar.origin}/data/few-penguins"],["few-penguins",2,5,"${cellar.origin}/data/few-penguins"]]'`,
  )
  expect(
    await page.value(`const types = await sql\`SELECT count(*) AS n, typeof(day) AS day, typeof(mass) AS mass FROM "few-penguins" GROUP BY ALL\`
JSON.stringify(types.objects())`),
  ).toBe(`'[{"n":5,"day":"DATE","mass":"BIGINT"}]'`)
})

test("another workspace's data sets are not there", async () => {
  const answer = await person.request('/api/datasets')
  const stranger = await signUp(cellar.origin)
  const theirs = await newPage(stranger)
  try {
    expect(await theirs.value(`import { dataset } from 'cellar'\n(await dataset('iris')).numRows()`)).toBe(
      '150',
    )
    // Its kernel's folder holds what it was given alone.
    expect(
      await theirs.value(`import { readdirSync, existsSync } from 'node:fs'
import path from 'node:path'
const kernels = process.env.CELLAR_ROOT ? path.join('${cellar.home}', 'kernel-data') : ''
;[existsSync(path.join(kernels, 'files')), existsSync(path.join(kernels, 'kernels', '${page.notebookId}'))].join()`),
    ).toBe("'false,false'")
  } finally {
    theirs.close()
  }
  expect(answer.status).toBe(200)
})

test('a promoted version says which version of which data set it was made of, and can be reproduced with it', async () => {
  const promoted = await page.execute(`import { promote } from 'cellar'
const wide = await dataset('iris')
const longest = Math.max(...wide.array('sepal_length'))
const share = (records) => records.map(({ length }) => length / longest)
await promote('share', share, { data: [{ length: 1 }, { length: 7.9 }] })`)
  expect(promoted.state).toBe('done')
  const version = (await (await person.request('/api/endpoints/share/versions/1.0.0')).json()) as {
    data: { name: string; sha256: string; dataset?: { version: number } }[]
  }
  expect(version.data.map(({ name, dataset }) => [name, dataset?.version])).toContainEqual(['iris', 1])
  const begun = await person.request('/api/endpoints/share/versions/1.0.0/reproductions', { method: 'POST' })
  expect([begun.status, await begun.clone().json()]).toEqual([201, expect.anything()])
  await expect
    .poll(async () =>
      (
        (await (await person.request('/api/endpoints/share/versions/1.0.0/reproductions')).json()) as {
          reproductions: { state: string; note: string }[]
        }
      ).reproductions.map(({ state, note }) => [state, note]),
    )
    .toEqual([['equal', 'the predictions are the same']])
})
