import type { SavedDataset } from '../../lib/protocol/dataset-save'

export type SaveOptions = {
  /** What was done, for whoever looks at the versions. */
  message?: string
}

export type SaveDatasetHost = (name: string, table: object, message: string) => Promise<SavedDataset>

/** Makes a version of a data set of the notebook's workspace from a table. */
export function createSaveDataset(host: SaveDatasetHost) {
  return async function saveDataset(
    name: string,
    table: object,
    { message = '' }: SaveOptions = {},
  ): Promise<SavedDataset> {
    if (typeof name !== 'string')
      throw new TypeError(`saveDataset needs the name of a data set first, then a table: ${typeof name}`)
    if (typeof table !== 'object' || table === null)
      throw new TypeError(
        `saveDataset takes an arquero or Arrow table or an array of records, for await a promise first; not ${table === null ? 'null' : `a ${typeof table}`}: ${name}`,
      )
    if (typeof message !== 'string') throw new TypeError(`the message is no text: ${typeof message}`)
    return host(name, table, message)
  }
}
