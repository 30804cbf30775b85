import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { visitor } from '../../_ui/visitor'
import { localPath } from './local-path'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  if (await visitor()) redirect('/')
  const { callbackUrl } = await searchParams
  return <SignInForm next={localPath(callbackUrl)} />
}
