import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** What of the machine a sandbox shows. Paths are absolute and the same inside and outside. */
export type View = {
  cwd: string
  readOnly: string[]
  readWrite: string[]
  /** Folders that show as empty, even inside a shown one. */
  hidden: string[]
  network: boolean
  /** Bytes that `/tmp` may hold. */
  temporaryBytes: number
}

/** What every program needs of the system: libraries, name resolution, certificates. No accounts, no secrets. */
const systemFiles = [
  '/etc/alternatives',
  '/etc/ca-certificates',
  '/etc/hosts',
  '/etc/ld.so.cache',
  '/etc/localtime',
  '/etc/nsswitch.conf',
  '/etc/pki',
  '/etc/resolv.conf',
  '/etc/ssl',
]
const systemFolders = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/nix/store']

/** The running node. That file alone is shown: its folder's parent may be anything, `/` too. */
const runningNode = () => realpathSync(process.execPath)

/** Arguments of `bwrap` before the command. */
export function bubblewrapArguments(view: View): string[] {
  const args = ['--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try']
  if (!view.network) args.push('--unshare-net')
  args.push('--uid', '65534', '--gid', '65534', '--hostname', 'kernel', '--cap-drop', 'ALL')
  args.push('--die-with-parent', '--new-session', '--proc', '/proc', '--dev', '/dev')
  for (const folder of systemFolders) {
    if (!existsSync(folder)) continue
    if (lstatSync(folder).isSymbolicLink()) args.push('--symlink', readlinkSync(folder), folder)
    else args.push('--ro-bind', folder, folder)
  }
  for (const file of systemFiles) args.push('--ro-bind-try', file, file)
  const size = String(view.temporaryBytes)
  args.push('--size', size, '--tmpfs', '/tmp', '--size', size, '--tmpfs', '/dev/shm')
  for (const { path, mount } of mounts(view)) {
    if (mount === 'hidden') args.push('--tmpfs', path)
    else args.push(mount === 'readOnly' ? '--ro-bind-try' : '--bind', path, path)
  }
  // The root itself is a tmpfs that the sandbox would otherwise own.
  args.push('--remount-ro', '/', '--chdir', resolve(view.cwd))
  return args
}

type Mount = { path: string; mount: 'readOnly' | 'readWrite' | 'hidden' }

/** Parents before what lies in them, so that an inner mount wins; of one path the freest, unless hidden. */
function mounts(view: View): Mount[] {
  const byPath = new Map<string, Mount['mount']>()
  for (const path of [runningNode(), ...view.readOnly]) byPath.set(resolve(path), 'readOnly')
  for (const path of view.hidden) if (isInside(path, view)) byPath.set(resolve(path), 'hidden')
  for (const path of view.readWrite) byPath.set(resolve(path), 'readWrite')
  return [...byPath].map(([path, mount]) => ({ path, mount })).sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Whether a folder would show without being hidden. */
function isInside(path: string, { readOnly, readWrite }: View) {
  const inner = join(resolve(path), '/')
  return [...readOnly, ...readWrite].some((shown) => inner.startsWith(join(resolve(shown), '/')))
}

/** Where `bwrap` is, on PATH. */
export function findBubblewrap(path = process.env.PATH ?? ''): string | undefined {
  return path
    .split(':')
    .map((folder) => join(folder, 'bwrap'))
    .find((file) => existsSync(file))
}
