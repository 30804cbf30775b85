import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** A secret as it is stored: AES-256-GCM, whose tag ends the ciphertext. */
export type Sealed = { keyId: string; nonce: Uint8Array; ciphertext: Uint8Array }

const tagBytes = 16

/** Names a key without telling it. */
export const keyIdOf = (key: Uint8Array) => createHash('sha256').update(key).digest('hex').slice(0, 16)

/** `place`: where it belongs. What was sealed for one place cannot be opened at another. */
export function seal(key: Uint8Array, value: string, place: string): Sealed {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
  const ciphertext = Buffer.concat([cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { keyId: keyIdOf(key), nonce, ciphertext }
}

/** Throws where the key is another one, or a byte has changed. */
export function open(key: Uint8Array, { keyId, nonce, ciphertext }: Sealed, place: string): string {
  if (keyId !== keyIdOf(key))
    throw new Error(`sealed with another key than this installation's: ${keyId}; store the secret again`)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(place))
    .setAuthTag(ciphertext.subarray(-tagBytes))
  return Buffer.concat([decipher.update(ciphertext.subarray(0, -tagBytes)), decipher.final()]).toString(
    'utf8',
  )
}
