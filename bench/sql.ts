import { openNotebook, type Person } from './client'

/**
 * An SQL cell that groups ten million rows of a TypeScript table: milliseconds of the first query of its kernel, which
 * also loads DuckDB and takes the table in, and of the same again.
 */
export async function groupedRows(person: Person) {
  const notebook = await openNotebook(person)
  await notebook.execute(
    await notebook.addCell(`import * as aq from 'arquero'
const n = 10_000_000
const k = new Int32Array(n), x = new Float64Array(n)
for (let i = 0; i < n; i++) { k[i] = i % 1000; x[i] = i % 97 }
const many = aq.table({ k, x })
many.numRows()`),
  )
  const cell = await notebook.addCell('SELECT k, sum(x) AS sum, count(*) AS n FROM many GROUP BY k', 'sql')
  const took: number[] = []
  for (let i = 0; i < 4; i++) {
    const began = performance.now()
    const { state, outputs } = await notebook.execute(cell)
    took.push(performance.now() - began)
    if (state !== 'done')
      throw new Error(`the query was not answered: ${JSON.stringify(outputs).slice(0, 300)}`)
  }
  await notebook.ask('kernel.stop', {})
  notebook.close()
  const [first, ...again] = took
  return { firstMs: first!, againMs: again.sort((a, b) => a - b)[1]! }
}
