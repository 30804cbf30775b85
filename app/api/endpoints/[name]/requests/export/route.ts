import { database } from '../../../../../../lib/db'
import { Refused } from '../../../../../../lib/refused'
import { requireEndpoint } from '../../../../../../lib/registry/require'
import { type Format, formats } from '../../../../../../lib/requests/formats'
import { readFilter } from '../../../../../../lib/requests/read-query'
import { exportedRequests } from '../../../../../../lib/requests/rows'
import { attachment, route } from '../../../../../../lib/route'

/** All requests that fit the query as a file, made as it is received: `?format=csv`, `ndjson` or `parquet`. */
export const GET = route({ action: 'endpoint.read' }, async ({ entry, params, query }) => {
  const { format: name = 'csv', ...search } = query
  const format: Format | undefined = Object.hasOwn(formats, name)
    ? formats[name as keyof typeof formats]
    : undefined
  if (!format)
    throw new Refused(
      400,
      'bad_format',
      `format: use one of ${Object.keys(formats).join(', ')}, not: ${name.slice(0, 100)}`,
    )
  const endpoint = await requireEndpoint(database(), entry.workspaceId, params.name!)
  const { columns, rows } = await exportedRequests(database(), endpoint.id, readFilter(search))
  const bytes = format.write(columns, rows())
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await bytes.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void (await bytes.return(undefined)),
  })
  return attachment(`${endpoint.name}-requests.${format.ending}`, format.type, body)
})
