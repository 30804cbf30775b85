import { readFileSync, statSync } from 'node:fs'

/**
 * The API key of a command: from a file, else from `CELLAR_API_KEY`; never from an argument, which others on the machine
 * can read. `own`: whether the file must be readable by its owner alone.
 */
export function readApiKey(file: string | undefined, { own = false } = {}): string {
  if (file !== undefined && own && (statSync(file).mode & 0o077) !== 0)
    throw new Error(`others can read the file of the API key; run chmod 600: ${file}`)
  const key = (file ? readFileSync(file, 'utf8') : (process.env.CELLAR_API_KEY ?? '')).trim()
  if (key === '')
    throw new Error('no API key: make one in Settings, and give it by --key-file or CELLAR_API_KEY')
  return key
}
