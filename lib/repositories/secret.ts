import { createHmac, timingSafeEqual } from 'node:crypto'
import { open, seal } from '../secrets/cipher'
import { secretsKey } from '../secrets/key'

/** As a row holds it. */
export type SealedText = { keyId: string; nonce: string; ciphertext: string }

const placeOf = (repositoryId: string) => `repository ${repositoryId}`

/** A webhook's secret for its row: a copy of the database is of no use to forge one. */
export function sealSecret(repositoryId: string, secret: string): SealedText {
  const { keyId, nonce, ciphertext } = seal(secretsKey(), secret, placeOf(repositoryId))
  return {
    keyId,
    nonce: Buffer.from(nonce).toString('base64'),
    ciphertext: Buffer.from(ciphertext).toString('base64'),
  }
}

export const openSecret = (repositoryId: string, { keyId, nonce, ciphertext }: SealedText): string =>
  open(
    secretsKey(),
    { keyId, nonce: Buffer.from(nonce, 'base64'), ciphertext: Buffer.from(ciphertext, 'base64') },
    placeOf(repositoryId),
  )

/** Whether `signature` is GitHub's `X-Hub-Signature-256` of a body: `sha256=` and the HMAC in hex. */
export function isSigned(secret: string, body: Uint8Array, signature: string | null): boolean {
  const given = Buffer.from(/^sha256=([0-9a-f]{64})$/.exec(signature ?? '')?.[1] ?? '', 'hex')
  const expected = createHmac('sha256', secret).update(body).digest()
  return given.length === expected.length && timingSafeEqual(given, expected)
}
