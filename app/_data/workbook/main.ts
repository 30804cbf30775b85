import { Refused } from '../../../lib/refused'
import { sheetAsCsv } from './sheet-as-csv'

/** Reads one sheet for the process `data`, and ends: what becomes of it is its one line. */
const { source, target, wanted } = JSON.parse(process.argv[2]!)
const outcome = await sheetAsCsv(source, target, wanted).then(
  (done) => ({ done }),
  (error) => {
    if (!(error instanceof Refused)) throw error
    const { status, code, message } = error
    return { refused: { status, code, message } }
  },
)
console.log(JSON.stringify(outcome))
