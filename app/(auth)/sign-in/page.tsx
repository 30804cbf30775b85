import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { visitor } from '../../_ui/visitor'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  if (await visitor()) redirect('/')
  const { callbackUrl } = await searchParams
  return <SignInForm next={localPath(callbackUrl)} />
}

/** Only a path of this installation may be gone to after signing in. */
function localPath(url: string | string[] | undefined): string {
  if (typeof url !== 'string') return '/'
  const path = URL.parse(url, 'http://local')
  return path && /^(\/|https?:\/\/)/.test(url) && !url.startsWith('//')
    ? `${path.pathname}${path.search}`
    : '/'
}
