export type SecretHost = (name: string) => Promise<string>

/** The value of a secret, which the panel Secrets stores. It is taken out of whatever the cells show or print. */
export function createSecret(host: SecretHost) {
  return async function secret(name: string): Promise<string> {
    if (typeof name !== 'string') throw new TypeError(`secret needs a name: ${typeof name}`)
    return host(name)
  }
}
