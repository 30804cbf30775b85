import { z } from 'zod'
import { database } from '../../../../lib/db'
import { readCurves } from '../../../../lib/experiments/curves'
import { Refused } from '../../../../lib/refused'
import { route } from '../../../../lib/route'

const asked = z.object({
  metric: z.string().min(1).max(100),
  runs: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.uuid()).min(1).max(50)),
})

/** A metric of several runs: `?metric=loss&runs=<id>,<id>`. */
export const GET = route({ action: 'run.read' }, async ({ entry, query }) => {
  const parsed = asked.safeParse(query)
  if (!parsed.success) throw new Refused(400, 'bad_request', 'name a metric, and 1 to 50 runs by their ids')
  const { metric, runs } = parsed.data
  return { curves: await readCurves(database(), entry.workspaceId, runs, metric) }
})
