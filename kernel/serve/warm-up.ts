import { type ModelChild, ModelDied } from './model-child'

/** Begins no further call after so long, milliseconds: somebody may wait for this model already. */
const budgetMs = 250
/** Enough for the engine to have compiled what each call runs. */
const mostCalls = 64

/**
 * Runs a model that was just loaded with records that applications sent, one at a time and then together, so that its first
 * caller does not pay for what only first calls cost. What the model says to them is nobody's business.
 */
export async function warmUp(
  child: Pick<ModelChild, 'predict'>,
  records: unknown[],
  now: () => number = () => performance.now(),
): Promise<void> {
  const until = now() + budgetMs
  const usable = new Set(records)
  for (let calls = 0; usable.size > 0 && calls < mostCalls; )
    for (const record of [...usable]) {
      if (now() >= until || calls++ >= mostCalls) return
      const reply = await child.predict([record])
      if (reply instanceof ModelDied) return
      if (reply.type === 'error') usable.delete(record)
    }
  if (usable.size > 1 && now() < until) await child.predict([...usable])
}
