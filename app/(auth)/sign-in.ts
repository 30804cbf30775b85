'use client'

import { signIn as startSession } from 'next-auth/react'

/** Signs in; answers why not, as a sentence, or nothing when it did. */
export async function signIn(email: string, password: string): Promise<string | undefined> {
  try {
    const answer = await startSession('credentials', { redirect: false, email, password })
    if (answer?.ok && !answer.error) return
    if (answer?.error && answer.error !== 'CredentialsSignin') return answer.error
    return 'The e-mail or the password is not right.'
  } catch {
    return 'Cellar cannot be reached. Check the connection and try again.'
  }
}
