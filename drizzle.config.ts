import { defineConfig } from 'drizzle-kit'

/** For `npm run migrations`, which writes the SQL between the newest migration and the tables in drizzle/schema. */
export default defineConfig({
  dialect: 'postgresql',
  schema: ['./drizzle/schema.ts', './drizzle/schema/*.ts'],
  out: './drizzle/migrations',
})
