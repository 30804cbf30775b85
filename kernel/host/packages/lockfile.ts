import { z } from 'zod'
import { PackageError } from './errors'

const entry = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
})
const lockfile = z.looseObject({
  lockfileVersion: z.number().int().min(2),
  packages: z.record(z.string(), entry),
})

/**
 * Throws `PackageError` at a lockfile that npm must not be given: it may come with somebody's file, and names
 * packages of registries only.
 */
export function checkLock(lock: string) {
  const found = lockfile.safeParse(parse(lock))
  if (!found.success) {
    const [issue] = found.error.issues
    throw new PackageError(
      `the notebook's lockfile cannot be met: ${issue?.path.join('.') || 'it'}: ${issue?.message}`,
    )
  }
  for (const [path, { resolved, link }] of Object.entries(found.data.packages)) {
    if (path === '') continue
    const outside = !/^(?:node_modules\/(?:@[^/]+\/)?[^/]+\/?)+$/.test(path) || path.split('/').includes('..')
    if (outside || link || (resolved !== undefined && !/^https?:\/\//.test(resolved)))
      throw new PackageError(
        `the notebook's lockfile cannot be met: it names no package of a registry: ${path}`,
      )
  }
}

/** npm's lockfile as it is kept: without what no installation reads, and with the ranges of `packages`. */
export function keptLock(text: string, packages: Record<string, string>): string {
  const lock = JSON.parse(text) as z.infer<typeof lockfile>
  for (const [path, each] of Object.entries(lock.packages)) {
    delete each.funding
    delete each.license
    if (path === '') each.dependencies = packages
  }
  return `${JSON.stringify(lock, null, 1)}\n`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new PackageError("the notebook's lockfile cannot be met: it is not JSON")
  }
}
