/** The name of a secret that plain data holds anywhere, or undefined. `secrets`: value → name. */
export function findSecret(value: unknown, secrets: ReadonlyMap<string, string>): string | undefined {
  if (secrets.size === 0) return
  const seen = new Set<unknown>()
  const inText = (text: string) => [...secrets].find(([secret]) => text.includes(secret))?.[1]
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const each = pending.pop()
    if (typeof each === 'string') {
      const name = inText(each)
      if (name !== undefined) return name
    } else if (ArrayBuffer.isView(each)) {
      const name = inText(Buffer.from(each.buffer, each.byteOffset, each.byteLength).toString('utf8'))
      if (name !== undefined) return name
    } else if (typeof each === 'object' && each !== null && !seen.has(each)) {
      seen.add(each)
      if (each instanceof Map || each instanceof Set) for (const held of each) pending.push(held)
      // One by one: an array of a million values is too long for the arguments of a call.
      else for (const [key, held] of Object.entries(each)) pending.push(key, held)
    }
  }
}
