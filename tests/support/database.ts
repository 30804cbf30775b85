import { randomUUID } from 'node:crypto'
import path from 'node:path'
import postgres from 'postgres'
import { inject } from 'vitest'
import { migrateDatabase } from '../../lib/stack/migrate'
import { root } from './paths'

/** A new database with all migrations, for one test file. */
export async function freshDatabase() {
  const base = inject('databaseUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = postgres(base, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name}`)
  const url = base.replace(/\/[^/]*$/, `/${name}`)
  await migrateDatabase(url, path.join(root, 'drizzle/migrations'))
  return {
    url,
    async drop() {
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
