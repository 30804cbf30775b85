import type { DuckDBConnection } from '@duckdb/node-api'
import type { DataContext } from '../context'
import type { WrittenBase } from '../write-base'
import { importExampleCsv } from './csv'
import { importMnist } from './mnist'

/** A data set that every workspace is given. `files`: in `notebooks/data`. */
export type ExampleDataset = {
  name: string
  description: string
  files: string[]
  import(connection: DuckDBConnection, files: string[], context: DataContext): Promise<WrittenBase>
}

export const examples: ExampleDataset[] = [
  {
    name: 'iris',
    description: 'Sepals and petals of 150 irises of three species, in cm (Fisher, 1936)',
    files: ['iris.csv'],
    import: importExampleCsv,
  },
  {
    name: 'penguins',
    description: 'Bills, flippers and masses of 344 penguins of three species (Palmer Station, CC0)',
    files: ['penguins.csv'],
    import: importExampleCsv,
  },
  {
    name: 'income',
    description: 'Whether people of the 1994 US census earn over 50,000 dollars (UCI Adult, CC BY 4.0)',
    files: ['adult-income.csv'],
    import: importExampleCsv,
  },
  {
    name: 'mnist',
    description: '10,000 handwritten digits of 28 × 28 pixels (LeCun et al., CC BY-SA 3.0)',
    files: ['mnist-t10k-images-idx3-ubyte.gz', 'mnist-t10k-labels-idx1-ubyte.gz'],
    import: importMnist,
  },
]
