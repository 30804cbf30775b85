import type { Sql } from 'postgres'
import { z } from 'zod'
import { agrees } from './agrees'
import { Refusal } from './refusal'

/** What turned out to be true of one request's prediction. */
const one = z.object({ truth: z.json().refine((truth) => truth !== undefined) })
const many = z.object({
  feedback: z
    .array(one.extend({ request_id: z.uuid() }))
    .min(1)
    .max(10_000),
})

export type Given = { requestId: string; truth: unknown }

/** The rows of predictions are written within this time after their answer, milliseconds. */
const rowMs = 1500

export type Feedback = {
  /** Keeps truths by request; resolves to those whose requests are unknown in this endpoint. */
  keep(
    caller: { workspaceId: string; tokenId?: string },
    endpoint: string,
    given: Given[],
  ): Promise<{ kept: number; unknown: string[] }>
}

/** Throws `Refusal` 400. `requestId`: from the path, for a body of one. */
export function parseFeedback(body: unknown, requestId?: string): Given[] {
  if (requestId !== undefined) {
    if (!z.uuid().safeParse(requestId).success)
      throw new Refusal(400, 'bad_request', `not a request id: ${requestId.slice(0, 100)}`)
    return [{ requestId, truth: parse(one, body).truth }]
  }
  return parse(many, body).feedback.map(({ request_id, truth }) => ({ requestId: request_id, truth }))
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const { success, data, error } = schema.safeParse(body)
  if (success) return data
  const [issue] = error.issues
  throw new Refusal(400, 'bad_request', `${issue?.path.join('.') || 'the body'}: ${issue?.message}`)
}

export function createFeedback(sql: Sql): Feedback {
  const outputs = async (workspaceId: string, endpoint: string, ids: string[]) => {
    const rows = await sql<{ requestId: string; endpointId: string; output: unknown }[]>`
      select p.request_id as "requestId", p.endpoint_id as "endpointId", p.output
      from predictions p join endpoints e on e.id = p.endpoint_id
      where p.request_id in ${sql(ids)} and e.workspace_id = ${workspaceId} and e.name = ${endpoint}
        and p.output is not null`
    return new Map(rows.map((row) => [row.requestId, row]))
  }
  return {
    async keep({ workspaceId, tokenId }, endpoint, given) {
      const ids = given.map(({ requestId }) => requestId)
      let found = await outputs(workspaceId, endpoint, ids)
      if (found.size < new Set(ids).size) {
        await new Promise((done) => setTimeout(done, rowMs))
        found = await outputs(workspaceId, endpoint, ids)
      }
      const rows = given.flatMap(({ requestId, truth }) => {
        const row = found.get(requestId)
        if (!row) return []
        const right = agrees(truth, row.output)
        return [
          {
            request_id: requestId,
            endpoint_id: row.endpointId,
            truth,
            right,
            token_id: tokenId ?? null,
          },
        ]
      })
      // The last of a request's truths counts, within one body too.
      const last = [...new Map(rows.map((row) => [row.request_id, row])).values()]
      if (last.length > 0)
        await sql`
          insert into feedback (request_id, endpoint_id, truth, "right", token_id)
          select * from json_to_recordset(${JSON.stringify(last)}::text::json)
            as given(request_id uuid, endpoint_id uuid, truth json, "right" boolean, token_id text)
          on conflict (request_id) do update
          set truth = excluded.truth, "right" = excluded."right", token_id = excluded.token_id,
            changed_at = now()`
      return { kept: last.length, unknown: ids.filter((id) => !found.has(id)) }
    },
  }
}
