import { type ImportPlace, importStream } from '../datasets/import-stream'
import type { AnswerOf } from '../datasets/questions'
import type { SaveImport } from '../datasets/save-import'
import { Refused } from '../refused'
import { describeFilter } from './describe-filter'
import type { RequestFilter } from './filter'
import { formats } from './formats'
import { exportedRequests } from './rows'

export type RequestsExport = {
  endpoint: { id: string; name: string }
  filter: RequestFilter
  target: SaveImport['target']
  workspaceId: string
  userId: string
}
/**
 * Makes a version of a data set of all requests that fit, a row for each record: as a file of text, which is read as an
 * upload is. Refuses where none fits (422).
 */
export async function exportToDataset(
  { endpoint, filter, target, workspaceId, userId }: RequestsExport,
  place: ImportPlace,
): Promise<AnswerOf<'save'> & { rows: number }> {
  const { columns, rows } = await exportedRequests(place.db, endpoint.id, filter)
  let count = 0
  async function* counted() {
    for await (const page of rows()) {
      count += page.length
      yield page
    }
    if (count === 0)
      throw new Refused(422, 'no_requests', 'no request fits this search; widen it and export again')
  }
  const saved = await importStream(
    formats.csv.write(columns, counted()),
    {
      workspaceId,
      file: `${endpoint.name}-requests.csv`,
      // As it is written: values may look like other delimiters, and names like values.
      options: { encoding: 'utf-8', delimiter: ',', header: true },
      leaveOutRejected: false,
      misfitsAsMissing: false,
      target,
      message: messageOf(endpoint.name, filter),
      userId,
      origin: 'requests',
    },
    place,
  )
  return { ...saved, rows: count }
}

function messageOf(endpoint: string, filter: RequestFilter) {
  const narrowed = describeFilter(filter)
  return `requests of ${endpoint}${narrowed && `: ${narrowed}`}`.slice(0, 2000)
}
