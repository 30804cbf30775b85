import { readConfig } from '../config'

/** The installation's key for secrets at rest. */
export function secretsKey(): Uint8Array {
  const { secretsKey: text } = readConfig()
  if (!text) throw new Error('config.json holds no key for secrets; start Cellar again: npm start')
  return Buffer.from(text, 'base64url')
}
