import type { HostCalls } from './host-calls'

/** The secrets that this kernel was given. */
export type Secrets = {
  get(name: string): Promise<string>
  /** Value → name. */
  given(): ReadonlyMap<string, string>
}

export function createSecrets(hostCalls: HostCalls): Secrets {
  const given = new Map<string, string>()
  return {
    async get(name) {
      const value = String(await hostCalls.call({ method: 'secret', params: { name } }))
      given.set(value, name)
      return value
    },
    given: () => given,
  }
}
