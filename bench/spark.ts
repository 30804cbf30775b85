import { cellarHome, findRoot } from '../lib/config'
import { endSpark, startKeeper, untilReady } from '../lib/spark/local/keeper'
import { writeSettings } from '../lib/spark/local/record'
import { openNotebook, type Person } from './client'

/** Milliseconds in which a million rows of Spark become an arquero table in a cell, once Spark has answered before. */
export async function sparkRows(person: Person) {
  const home = cellarHome()
  await writeSettings(home, true)
  startKeeper(home, findRoot())
  await untilReady(home, () => {})
  const notebook = await openNotebook(person)
  try {
    const cell = await notebook.addCell(`import { spark } from 'cellar'
const rows = await (await spark.sql('SELECT id, rand(1) AS x FROM range(1000000)')).toArquero()
rows.numRows()`)
    const took: number[] = []
    for (let i = 0; i < 6; i++) {
      const began = performance.now()
      const { state, outputs } = await notebook.execute(cell)
      took.push(performance.now() - began)
      if (state !== 'done') throw new Error(`spark did not answer: ${JSON.stringify(outputs).slice(0, 300)}`)
    }
    await notebook.ask('kernel.stop', {})
    const [first, ...again] = took
    return { firstMs: first!, againMs: again.sort((a, b) => a - b)[2]! }
  } finally {
    notebook.close()
    await endSpark(home)
  }
}
