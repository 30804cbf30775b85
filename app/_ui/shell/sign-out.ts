'use client'

import { signOut as endSession } from 'next-auth/react'

/** Ends this browser's session and shows the sign-in page. */
export const signOut = () => endSession({ callbackUrl: '/sign-in' })
