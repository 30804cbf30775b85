/** Semantic versions of an endpoint: the first is `1.0.0`, each next one raises the last number. */
export function nextVersion(existing: readonly string[]): string {
  const newest = [...existing].sort(compareVersions).at(-1)
  if (!newest) return '1.0.0'
  const [major, minor, patch] = parts(newest)
  return `${major}.${minor}.${patch + 1}`
}

/** Orders versions by number, not by letters: `1.0.9` before `1.0.10`. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)]
  return x[0] - y[0] || x[1] - y[1] || x[2] - y[2]
}

function parts(version: string): [number, number, number] {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)
  if (!match) throw new RangeError(`not a semantic version: ${version}`)
  return [Number(match[1]), Number(match[2]), Number(match[3])]
}
