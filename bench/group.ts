import { openNotebook, type Person } from './client'
import { type Figure, quantile } from './kit'
import { type PeerProcess, pythonWith, startPeer } from './peers/process'

const rows = `const n = 10_000_000
const k = new Int32Array(n), x = new Float64Array(n)
for (let i = 0; i < n; i++) { k[i] = Math.random() * 1000; x[i] = Math.random() }`

/** DuckDB by itself, over a table of its own. */
const duckdb = `
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
const { DuckDBInstance } = createRequire(process.cwd() + '/')('@duckdb/node-api')
const connection = await (await DuckDBInstance.create(':memory:')).connect()
await connection.run('CREATE TABLE many AS SELECT CAST(floor(random() * 1000) AS INTEGER) AS k, random() AS x FROM range(10000000)')
for await (const line of createInterface({ input: process.stdin })) {
  const began = performance.now()
  ;(await connection.runAndReadAll('SELECT k, sum(x) AS sum FROM many GROUP BY k')).getRows()
  console.log(performance.now() - began)
}
`

const pandas = `
import sys, time, numpy as np, pandas as pd
many = pd.DataFrame({'k': np.random.randint(0, 1000, 10_000_000, dtype='int32'), 'x': np.random.rand(10_000_000)})
for line in sys.stdin:
    began = time.perf_counter()
    many.groupby('k')['x'].sum()
    print((time.perf_counter() - began) * 1000, flush=True)
`

/**
 * Sums of ten million rows of a TypeScript table by a thousand keys, in an SQL cell: the first query of its kernel, which
 * also loads DuckDB and takes the table in, and the same again, in turns with DuckDB by itself, pandas where there is
 * one, and arquero in the same notebook. Medians; ours is the whole way from the page and back.
 */
export async function groupedSums(person: Person, times = 9): Promise<Figure[]> {
  const python = pythonWith('pandas')
  const peers: Record<string, PeerProcess> = {
    DuckDB: startPeer(process.execPath, ['--input-type=module', '-e', duckdb]),
    ...(python && { pandas: startPeer(python, ['-c', pandas]) }),
  }
  const notebook = await openNotebook(person)
  try {
    const run = async (cell: string) => {
      const began = performance.now()
      const { state, outputs } = await notebook.execute(cell)
      if (state !== 'done')
        throw new Error(`the query was not answered: ${JSON.stringify(outputs).slice(0, 300)}`)
      return performance.now() - began
    }
    await run(
      await notebook.addCell(`import * as aq from 'arquero'\n${rows}\nconst many = aq.table({ k, x }); n`),
    )
    const query = await notebook.addCell('SELECT k, sum(x) AS sum FROM many GROUP BY k', 'sql')
    const verbs = await notebook.addCell("many.groupby('k').rollup({ sum: aq.op.sum('x') }).numRows()")
    const first = await run(query)
    const took = {
      ours: [] as number[],
      arquero: [] as number[],
      ...Object.fromEntries(Object.keys(peers).map((name) => [name, [] as number[]])),
    } as Record<string, number[]>
    // What a first time makes is not what is measured.
    for (const peer of Object.values(peers)) await peer.ask()
    await run(verbs)
    for (let i = 0; i < times; i++) {
      took.ours!.push(await run(query))
      took.arquero!.push(await run(verbs))
      for (const [name, peer] of Object.entries(peers)) took[name]!.push(Number(await peer.ask()))
    }
    const { ours, ...theirs } = Object.fromEntries(
      Object.entries(took).map(([name, values]) => [name, quantile(values, 0.5)]),
    ) as Record<string, number> & { ours: number }
    const { DuckDB, ...tables } = theirs
    return [
      { name: 'ten million rows grouped in SQL', value: first, unit: 'ms', bar: { atMost: 1000 } },
      {
        name: `the same again${python ? '' : ' (no pandas: tests/compat makes its environment)'}`,
        value: ours,
        unit: 'ms',
        bar: { atMost: Math.round(Math.min(2 * DuckDB!, ...Object.values(tables))) },
        peers: theirs,
      },
    ]
  } finally {
    for (const peer of Object.values(peers)) peer.close()
    await notebook.ask('kernel.stop', {})
    notebook.close()
  }
}
