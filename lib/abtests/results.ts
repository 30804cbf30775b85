import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '../db'
import type { AbFigures, AbVariant } from '../protocol/abtests'
import { wilson } from './interval'
import { blocksFor, createSequentialTest } from './sequential'

type Counted = { versionId: string; requests: number; errors: number; p50: number | null; p99: number | null }
type Label = { versionId: string; right: boolean }

/** What is known of a test's versions by now, in the order of its variants. */
export async function abFigures(
  db: Pick<Database | Transaction, 'execute'>,
  test: { id: string; variants: AbVariant[] },
): Promise<AbFigures[]> {
  const counted = await db.execute<Counted>(sql`
    select version_id as "versionId", count(*)::int as requests,
      (count(*) filter (where status >= 500))::int as errors,
      percentile_cont(0.5) within group (order by latency_ms) filter (where status = 200) as p50,
      percentile_cont(0.99) within group (order by latency_ms) filter (where status = 200) as p99
    from predictions where ab_test_id = ${test.id} group by version_id`)
  const labels = await db.execute<Label>(sql`
    select p.version_id as "versionId", f."right"
    from predictions p join feedback f on f.request_id = p.request_id
    where p.ab_test_id = ${test.id}
    order by f.created_at, f.request_id`)
  return figures(test.variants, [...counted], [...labels])
}

/** `labels` in the order in which they came. */
export function figures(variants: AbVariant[], counted: Counted[], labels: Label[]): AbFigures[] {
  const [control] = variants
  return variants.map(({ versionId, version, weight }) => {
    const count = counted.find((each) => each.versionId === versionId)
    const own = labels.filter((label) => label.versionId === versionId)
    const right = own.filter((label) => label.right).length
    return {
      version,
      weight,
      requests: count?.requests ?? 0,
      errors: count?.errors ?? 0,
      p50: count?.p50 ?? null,
      p99: count?.p99 ?? null,
      labels: own.length,
      right,
      accuracy: wilson(right, own.length) ?? null,
      p: versionId === control!.versionId ? null : against(control!, { versionId, weight }, labels),
    }
  })
}

/** The always-valid p-value of a version against the control. */
function against(control: AbVariant, { versionId, weight }: Omit<AbVariant, 'version'>, labels: Label[]) {
  const test = createSequentialTest(blocksFor(control.weight, weight))
  for (const label of labels) {
    if (label.versionId === control.versionId) test.add('a', label.right)
    else if (label.versionId === versionId) test.add('b', label.right)
  }
  return test.p()
}
