import path from 'node:path'
import { z } from 'zod'
import { users } from '../drizzle/schema'
import { addressHeader, createAttempts } from './attempts'
import { readConfig } from './config'
import { database } from './db'
import { hashPassword } from './passwords'
import { Refused } from './refused'
import { createPersonalWorkspace } from './workspaces/create'
import { readExamples } from './workspaces/examples'

const windowMs = 15 * 60_000
const shared = globalThis as typeof globalThis & { cellarRegistrations?: ReturnType<typeof createAttempts> }

/** At most 100 accounts from one address of the network in 15 minutes: each costs a slow hash and three notebooks. */
export function limitRegistrations(headers: Headers) {
  shared.cellarRegistrations ??= createAttempts(100, windowMs)
  const address = headers.get(addressHeader) ?? ''
  if (shared.cellarRegistrations.blockedUntil(address) !== undefined)
    throw new Refused(429, 'too_many', 'too many accounts were made from here; try again in 15 minutes')
  shared.cellarRegistrations.fail(address)
}

/** Passwords are not cut anywhere: all of their characters count. */
const length = (least: number, most: number) =>
  z.string().superRefine((text, context) => {
    const size = [...text].length
    if (size < least) context.addIssue(`use at least ${least} characters; this has ${size}`)
    if (size > most) context.addIssue(`use at most ${most} characters; this has ${size}`)
  })

export const registration = z.object({
  name: z.string().trim().min(1, 'enter your name').max(100, 'use at most 100 characters'),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, 'use at most 254 characters')
    .pipe(z.email('enter an e-mail address')),
  password: length(10, 128),
})
export type Registration = z.infer<typeof registration>

/** A new account with a workspace of its own and the example notebooks in it. Refuses an e-mail that is taken (409). */
export async function register(
  { name, email, password }: Registration,
  db = database(),
  examplesFolder = path.join(readConfig().root, 'notebooks'),
): Promise<{ id: string }> {
  const [passwordHash, examples] = await Promise.all([hashPassword(password), readExamples(examplesFolder)])
  return db.transaction(async (tx) => {
    const [user] = await tx
      .insert(users)
      .values({ name, email, passwordHash })
      .onConflictDoNothing()
      .returning({ id: users.id })
    if (!user) {
      const fields = { email: 'there is an account with this e-mail; sign in instead' }
      throw new Refused(409, 'email_taken', 'there is an account with this e-mail', fields)
    }
    await createPersonalWorkspace({ userId: user.id, name, examples }, tx)
    return user
  })
}
