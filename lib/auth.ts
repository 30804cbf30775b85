import { eq } from 'drizzle-orm'
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { z } from 'zod'
import { users } from '../drizzle/schema'
import { addressHeader, createAttempts } from './attempts'
import { database } from './db'
import { matchesPassword } from './passwords'

// Only Next's bundle imports this file: next-auth's CommonJS default exports are not functions in plain Node.

const windowMs = 15 * 60_000
const shared = globalThis as typeof globalThis & { cellarSignIns?: ReturnType<typeof createAttempts> }
/** Wrong passwords by e-mail and address of the network. */
function signIns() {
  shared.cellarSignIns ??= createAttempts(10, windowMs)
  return shared.cellarSignIns
}

const credentials = z.object({
  email: z.string().trim().toLowerCase().max(254),
  password: z.string().max(1000),
})

/** The person with this e-mail and password, or null. Throws a sentence after too many wrong tries. */
export async function authenticate(input: unknown, address: string, db = database(), attempts = signIns()) {
  const { success, data } = credentials.safeParse(input)
  if (!success) return null
  const key = `${data.email} ${address}`
  const until = attempts.blockedUntil(key)
  if (until !== undefined) {
    const minutes = Math.max(1, Math.ceil((until - Date.now()) / 60_000))
    throw new Error(
      `Too many wrong passwords. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    )
  }
  // Counted before the slow comparison, so that tries at the same time do not pass together.
  attempts.fail(key)
  const user = await db.query.users.findFirst({ where: eq(users.email, data.email) })
  if (!(await matchesPassword(data.password, user?.passwordHash)) || !user) return null
  attempts.forget(key)
  return { id: user.id, email: user.email, name: user.name, sessionVersion: user.sessionVersion }
}

export const authOptions: NextAuthOptions = {
  session: { strategy: 'jwt', maxAge: 7 * 24 * 3600 },
  pages: { signIn: '/sign-in', error: '/sign-in' },
  providers: [
    Credentials({
      credentials: { email: {}, password: {} },
      authorize: (input, request) =>
        authenticate(input, String((request.headers as Record<string, unknown>)?.[addressHeader] ?? '')),
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user ? { ...token, sessionVersion: user.sessionVersion } : token),
  },
}
