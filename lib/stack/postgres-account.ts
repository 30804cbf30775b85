import { chown } from 'node:fs/promises'
import { run } from './run'

/** How PostgreSQL's programs are called: it refuses to run as root. */
export type Account = {
  wrap(command: string, args: string[]): [command: string, args: string[]]
  /** Given to `spawn`. */
  ids: { uid?: number; gid?: number }
  /** Makes a file or folder this account's own. */
  own(file: string): Promise<void>
}

const plain: Account = { wrap: (command, args) => [command, args], ids: {}, own: async () => {} }

/**
 * An ordinary user runs it as himself. For root a user namespace gives it another user id while its files stay
 * root's, so that a checkout below a folder that only root can enter works; where there are no user namespaces
 * it runs as `nobody`, which must reach `needed` (files and folders). Throws with what to do otherwise.
 */
export async function postgresAccount(needed: string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return plain
  const wrap: Account['wrap'] = (command, args) => [
    'unshare',
    ['--user', '--map-user=1000', '--map-group=1000', command, ...args],
  ]
  const works = (call: Promise<unknown>) =>
    call.then(
      () => true,
      () => false,
    )
  if (await works(run(...wrap('true', [])))) return { ...plain, wrap }

  const id = async (flag: string) => Number(await run('id', [flag, 'nobody']))
  const ids = { uid: await id('-u'), gid: await id('-g') }
  for (const file of needed) {
    if (await works(run('test', ['-r', file, '-a', '-x', file], ids))) continue
    throw new Error(
      `PostgreSQL does not run as root, and the user nobody cannot reach its files; start Cellar as an ordinary user, move the checkout to a folder that all may enter, or set DATABASE_URL: ${file}`,
    )
  }
  return { ...plain, ids, own: (file) => chown(file, ids.uid, ids.gid) }
}
