import { hash, verify } from '@node-rs/argon2'

// argon2id, OWASP's setting: 19 MiB, two passes, one lane. It is the package's own default algorithm.
const cost = { memoryCost: 19456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string) => hash(password, cost)

/** Verified when there is no account, so that the answer takes as long either way. */
let decoy: Promise<string> | undefined

/** Whether a password is the one of this hash; without a hash it is not, after the same time. */
export async function matchesPassword(password: string, passwordHash: string | undefined) {
  decoy ??= hashPassword('no such account')
  const matches = await verify(passwordHash ?? (await decoy), password)
  return passwordHash !== undefined && matches
}
