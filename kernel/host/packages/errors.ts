/** Why packages were not installed: a sentence for the person, who can do something about it. */
export class PackageError extends Error {
  override name = 'PackageError'
}
