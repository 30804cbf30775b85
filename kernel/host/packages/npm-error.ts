import { PackageError } from './errors'

/** npm's own word at a failure, on its standard output with `--json`. */
type NpmFailure = { code?: string; summary?: string; detail?: string }

/** A sentence of what npm could not do: the package and the cause. `lock`: the lockfile it had. */
export function explainFailure(stdout: string, stderr: string, reason: string, lock: string): PackageError {
  const { code, summary = '', detail = '' } = readFailure(stdout)
  const said = `${summary}\n${detail}`
  switch (code) {
    case 'E404':
      return new PackageError(
        `no such package: ${wanted(/'([^']+)'/.exec(detail)?.[1] ?? decodeURIComponent(/[^/\s]+$/.exec(summary)?.[0] ?? ''))}`,
      )
    case 'ETARGET': {
      const spec = /version found for (\S+?)\.?(?:\s|$)/.exec(said)?.[1] ?? ''
      const [, name = spec, range = ''] = /^(@?[^@]+)@(.*)$/.exec(spec) ?? []
      return new PackageError(`no such version of ${name}: ${range}`)
    }
    case 'EINTEGRITY':
      return new PackageError(
        `a package is not the one that the lockfile was made with: ${packageWith(/wanted (\S+)/.exec(said)?.[1], lock) ?? summary}`,
      )
    case 'ERESOLVE':
      return new PackageError(
        `the packages cannot be used together: ${firstLine(detail) || firstLine(summary)}`,
      )
    case 'EUSAGE': {
      const misfit = /(?:Invalid: lock file's|Missing:) (.+)/.exec(said)?.[1] ?? 'another list'
      return new PackageError(`the lockfile does not fit the list of packages: ${misfit.trim()}`)
    }
    case 'EBADPLATFORM':
      return new PackageError(`a package does not run on this machine: ${firstLine(summary)}`)
    case 'ENOTFOUND':
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'ETIMEDOUT':
    case 'EAI_AGAIN':
      return new PackageError(`the registry of packages cannot be reached: ${firstLine(summary)}; try again`)
  }
  const words = firstLine(summary) || lastLines(stderr) || reason
  return new PackageError(`npm could not install the packages: ${words}`)
}

/** `left-pad@99` without the tag that npm adds where none was given. */
const wanted = (spec: string) => spec.replace(/@(?:\*|latest)?$/, '')

/** The package of this checksum in a lockfile: npm's own message has only the sums. */
function packageWith(integrity: string | undefined, lock: string) {
  const found = integrity && lock.indexOf(integrity)
  if (!found || found < 0) return
  const { packages } = JSON.parse(lock) as {
    packages: Record<string, { version?: string; integrity?: string }>
  }
  const [path, entry] = Object.entries(packages).find(([, each]) => each.integrity === integrity) ?? []
  return path && `${path.split('node_modules/').at(-1)} ${entry?.version}`
}

function readFailure(stdout: string): NpmFailure {
  const from = stdout.indexOf('{')
  if (from < 0) return {}
  try {
    return (JSON.parse(stdout.slice(from)) as { error?: NpmFailure }).error ?? {}
  } catch {
    return {}
  }
}

const firstLine = (text: string) => text.trim().split('\n')[0] ?? ''
const lastLines = (text: string) =>
  text
    .trim()
    .split('\n')
    .filter((line) => !/^npm (http|warn)/.test(line))
    .slice(-3)
    .join('; ')
    .slice(-400)
