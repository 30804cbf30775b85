import { LRUCache } from 'lru-cache'
import type { Caller } from './options'
import { Refusal, retryAfter } from './refusal'

type Bucket = { tokens: number; at: number }
type Rate = NonNullable<Caller['rate']>

export type Rates = {
  /** Takes one request off a key's bucket. Throws `Refusal` 429 where it is empty. */
  take(caller: Pick<Caller, 'tokenId' | 'rate'>): void
  /** The headers that tell a caller how its key stands; undefined for one without a rate. */
  headers(caller: Pick<Caller, 'tokenId' | 'rate'>): Record<string, string> | undefined
}

/**
 * A bucket of tokens for each key that has a rate: it holds `burst` of them and gains `perSecond`. It lives in this process:
 * several gateways allow as many times as much. `now` in milliseconds.
 */
export function createRates(now: () => number = () => performance.now()): Rates {
  const buckets = new LRUCache<string, Bucket>({ max: 10_000 })
  return {
    take({ tokenId, rate }) {
      if (!rate || tokenId === undefined) return
      const { perSecond, burst } = rate
      const at = now()
      let bucket = buckets.get(tokenId)
      if (!bucket) {
        bucket = { tokens: burst, at }
        buckets.set(tokenId, bucket)
      }
      bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond)
      bucket.at = at
      if (bucket.tokens < 1) throw tooMany(rate, (1000 * (1 - bucket.tokens)) / perSecond)
      bucket.tokens--
    },
    headers({ tokenId, rate }) {
      const bucket = rate && tokenId !== undefined && buckets.get(tokenId)
      return bucket ? rateHeaders(rate, bucket.tokens) : undefined
    },
  }
}

/** Of draft-ietf-httpapi-ratelimit-headers-10: the quota of a window, what is left of it, and when it is whole again. */
const rateHeaders = ({ perSecond, burst }: Rate, tokens: number) => ({
  'ratelimit-policy': `"key";q=${burst};w=${Math.max(1, Math.ceil(burst / perSecond))}`,
  ratelimit: `"key";r=${Math.floor(tokens)};t=${Math.ceil((burst - tokens) / perSecond)}`,
})

function tooMany(rate: Rate, waitMs: number) {
  const after = retryAfter(waitMs)
  const { perSecond, burst } = rate
  return new Refusal(
    429,
    'rate_limited',
    `this key may send ${perSecond} requests a second and ${burst} at once; try again in ${after} s`,
    undefined,
    { 'retry-after': after, ...rateHeaders(rate, 0) },
  )
}
