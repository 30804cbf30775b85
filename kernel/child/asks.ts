import type { AskParams, AskResults, ChildAsk } from '../../lib/protocol/asks'
import { candidatesOf } from './candidates'
import type { Inputs } from './inputs'
import type { Scope } from './scope'
import type { SqlEngine } from './sql/engine'
import { sqlSchema } from './sql/schema'
import { createTableAsks } from './tables/asks'
import type { TableFiles } from './tables/files'
import type { ShownTables } from './tables/shown-tables'
import type { Training } from './training'
import type { Uploads } from './uploads'
import { inspectVariable } from './variables/inspect'
import { listVariables } from './variables/list'

/** What answers a page's asks to the kernel child. */
export type ChildAsks = {
  [M in ChildAsk]: (params: AskParams<M>) => AskResults[M] | Promise<AskResults[M]>
}

type Offered = {
  scope: Scope
  training: Training
  tables: ShownTables
  files: TableFiles
  inputs: Inputs
  uploads: Uploads
  sql: SqlEngine
  /** Where queries look for files, in order. */
  folders: readonly string[]
}

export const createAsks = ({
  scope,
  training,
  tables,
  files,
  inputs,
  uploads,
  sql,
  folders,
}: Offered): ChildAsks => ({
  ...createTableAsks(tables, files),
  candidates: ({ cellId }) => candidatesOf(scope, cellId),
  'input.upload': (part) => {
    inputs.expectsFile(part)
    return uploads.write(part)
  },
  variables: () => listVariables(scope),
  'variables.inspect': ({ name, path, from }) => inspectVariable(scope, name, path, from),
  'sql.schema': ({ files }) => sqlSchema({ scope, engine: sql, folders }, files),
  'training.stop': ({ id }) => ({ stopped: training.end(id) }),
})
