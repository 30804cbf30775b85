import { allRows } from '../../lib/protocol/all-rows'
import type { SavedDataset } from '../../lib/protocol/dataset-save'
import type { SaveDatasetHost } from '../sdk/save-dataset'
import { Interrupted } from './context'
import type { HostCalls } from './host-calls'
import type { TableFiles } from './tables/files'
import { knownColumnsOf } from './tables/known-columns'
import { createLiveTable } from './tables/live-table'
import { writeParquet } from './tables/parquet'
import { tableOf } from './tables/table-of'

export type SaveDatasetOptions = {
  files: TableFiles
  hostCalls: HostCalls
  /** Of the cell that runs. */
  cellId(): string
  /** Grows at each Stop. */
  stop: { readonly epoch: number }
}

/** Hands a table to the host as Parquet, which takes it part by part: it is never in memory a second time. */
export function createSaveDataset({ files, hostCalls, cellId, stop }: SaveDatasetOptions): SaveDatasetHost {
  /** A Stop ends the file, and with it what the host was about to make of it. */
  async function* untilStop(parts: AsyncGenerator<Uint8Array>) {
    const { epoch } = stop
    for await (const part of parts) {
      if (stop.epoch !== epoch) throw new Interrupted()
      yield part
    }
  }

  return async (name, source, message) => {
    if (Array.isArray(source) && source.length === 0) throw nothingIn(name)
    const table = tableOf(source)
    if (!table)
      throw new TypeError(
        `saveDataset takes an arquero or Arrow table or an array of records, for await a promise first; not ${source.constructor?.name ?? 'an object'}: ${name}`,
      )
    const rows = await createLiveTable(table).rows(allRows)
    if (rows.count === 0) throw nothingIn(name)
    const file = files.add(untilStop(writeParquet(table, rows)))
    const params = {
      name,
      message,
      columns: knownColumnsOf(table),
      query: table.query === true,
      cellId: cellId(),
      file,
    }
    return (await hostCalls.call({ method: 'saveDataset', params })) as SavedDataset
  }
}

const nothingIn = (name: string) => new Error(`there are no rows to save: ${name}`)
