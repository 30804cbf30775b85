import { existsSync } from 'node:fs'
import type { DatasetAsk, OpenedDataset } from '../../protocol/dataset-read'
import { dataFolderOf, filesOf, standingOf } from './files'
import { findCheckout, pinsName, readPins } from './pins'

/** Reads data sets without a server: those that the checkout around a folder pins, checked by their hashes. */
export function openPinned(folder: string) {
  const checkout = findCheckout(folder)
  return {
    /** Where their files are. */
    folders: checkout === undefined ? [] : [dataFolderOf(checkout)].filter((each) => existsSync(each)),
    /** Rejects with `not_found` where the checkout pins none of this name. */
    async open({ name, version }: DatasetAsk): Promise<OpenedDataset> {
      const pin = checkout === undefined ? undefined : (await readPins(checkout))[name]
      if (checkout === undefined || !pin)
        throw Object.assign(
          new Error(`no data set of this name is pinned in ${pinsName}; run cellar data pull ${name}`),
          { name: 'not_found' },
        )
      if (version !== undefined && version !== pin.version)
        throw new Error(
          `${pinsName} pins version ${pin.version} of ${name}, not ${version}; run cellar data pull ${name}@${version}`,
        )
      const { standing, manifest } = await standingOf(checkout, name, pin)
      if (standing !== 'here' || !manifest)
        throw new Error(
          `the data of ${name}, version ${pin.version}, is ${standing === 'damaged' ? 'not what is pinned' : 'not here'}; run cellar data pull`,
        )
      const files = filesOf(checkout, name, pin.version)
      const { hash, columns, rows, base, changes } = manifest
      return {
        versionId: '',
        name,
        version: pin.version,
        hash,
        columns,
        rows,
        file: files.base,
        bytes: base.bytes,
        ...(changes && { changes: files.changes }),
      }
    },
  }
}
