import { defineConfig } from 'drizzle-kit'

/** For `npm run migrations`, which writes the SQL between the newest migration and drizzle/schema.ts. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './drizzle/schema.ts',
  out: './drizzle/migrations',
})
