import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { visitor } from '../../_ui/visitor'
import { RegisterForm } from './register-form'

export const metadata: Metadata = { title: 'Create an account' }

export default async function RegisterPage() {
  if (await visitor()) redirect('/')
  return <RegisterForm />
}
