import { completeSql, filesNamed, type SqlSchema } from '../lib/notebook/sql/complete'
import { openNotebook, type Person } from './client'
import { quantile } from './kit'

/** The cursor stands at `|`. */
const typed = [
  'SELECT * FROM tab|',
  'SELECT t.col| FROM table3 t',
  "SELECT * FROM 'man|",
  "SELECT m.gro| FROM 'many.csv' m",
  'SELECT sum(column5), co| FROM table7 GROUP BY column1',
]

/**
 * Milliseconds from a keystroke in an SQL cell to what is offered, over 100 of them, with 20 tables of 20 columns and a
 * file of 100,000 rows. The kernel is asked each time, as a page does after every run; most keystrokes find what it said.
 */
export async function sqlCompletion(person: Person) {
  const notebook = await openNotebook(person)
  await notebook.execute(
    await notebook.addCell(`import * as aq from 'arquero'
import { writeFileSync } from 'node:fs'
const columns = Object.fromEntries(Array.from({ length: 20 }, (_, i) => ['column' + i, new Float64Array(10_000)]))
${Array.from({ length: 20 }, (_, i) => `const table${i} = aq.table(columns)`).join('\n')}
writeFileSync('many.csv', 'id,group,value\\n' + Array.from({ length: 100_000 }, (_, i) => i + ',g' + (i % 10) + ',' + i / 7).join('\\n'))`),
  )
  const took: number[] = []
  for (let i = 0; i < 100; i++) {
    const text = typed[i % typed.length]!
    const offset = text.indexOf('|')
    const source = text.replace('|', '')
    const began = performance.now()
    const files = filesNamed(source, offset)
    const { result } = await notebook.ask('notebook.ask', { method: 'sql.schema', params: { files } })
    const { suggestions } = completeSql(source, offset, result as SqlSchema)
    took.push(performance.now() - began)
    if (suggestions.length === 0) throw new Error(`nothing was offered in: ${text}`)
  }
  await notebook.ask('kernel.stop', {})
  notebook.close()
  return { p50Ms: quantile(took, 0.5), p95Ms: quantile(took, 0.95) }
}
