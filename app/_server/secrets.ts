import type { Database } from '../../lib/db'
import { enter } from '../../lib/door'
import type { HostSecret } from '../../lib/protocol/hosts'
import { revealSecret } from '../../lib/secrets/store'
import { checkKernel } from './check-kernel'

/** A secret for the kernel that asks: of a machine that runs it, and of a person who may use it. */
export async function giveSecret(
  machine: { id: string; name: string },
  { notebookId, userId, name }: HostSecret,
  db: Database,
): Promise<string> {
  await enter({ kind: 'machine', ...machine }, 'secret.use', { notebookId }, db)
  await enter({ kind: 'user', id: userId }, 'secret.use', { notebookId }, db)
  await checkKernel(machine.id, notebookId, db)
  return revealSecret(notebookId, name, db)
}
