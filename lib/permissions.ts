/** Roles in a workspace; each may do what the next may. */
export const roles = ['owner', 'editor', 'viewer'] as const
export type Role = (typeof roles)[number]

export const hasRole = (role: Role, needed: Role) => roles.indexOf(role) <= roles.indexOf(needed)

type Rule =
  /**
   * `role`: the least that a member needs. `token`: whether an API key may, too: every one, or only one with the scope
   * `write`. `machine`: whether a host may.
   */
  | {
      on: 'workspace' | 'notebook' | 'folder' | 'endpoint' | 'token' | 'dataset'
      role: Role
      token?: true | 'write'
      machine?: boolean
      /** Of a notebook or data set: whether it is about one in the trash, which nothing else reaches. */
      trashed?: boolean
    }
  /** About what everybody may see of the installation, or the person's own account: who is signed in. */
  | { on: 'account'; role?: undefined; token?: undefined; machine?: undefined; trashed?: undefined }
  /** About everybody's work together: the installation's owner. */
  | { on: 'installation'; role?: undefined; token?: undefined; machine?: undefined; trashed?: undefined }

const table = {
  'account.read': { on: 'account' },
  'account.preferences': { on: 'account' },
  'account.sign_out_everywhere': { on: 'account' },
  'machine.list': { on: 'account' },
  'queues.manage': { on: 'installation' },
  'notebook.list': { on: 'workspace', role: 'viewer' },
  'notebook.create': { on: 'workspace', role: 'editor' },
  'notebook.read': { on: 'notebook', role: 'viewer' },
  'notebook.write': { on: 'notebook', role: 'editor' },
  'notebook.packages': { on: 'notebook', role: 'editor', machine: true },
  'notebook.rename': { on: 'notebook', role: 'editor' },
  'notebook.duplicate': { on: 'notebook', role: 'editor' },
  'notebook.export': { on: 'notebook', role: 'viewer' },
  'notebook.delete': { on: 'notebook', role: 'editor' },
  'notebook.move': { on: 'notebook', role: 'editor' },
  'notebook.restore': { on: 'notebook', role: 'editor', trashed: true },
  'notebook.erase': { on: 'notebook', role: 'editor', trashed: true },
  'folder.create': { on: 'workspace', role: 'editor' },
  'folder.change': { on: 'folder', role: 'editor' },
  'folder.delete': { on: 'folder', role: 'editor' },
  'kernel.execute': { on: 'notebook', role: 'editor' },
  'kernel.control': { on: 'notebook', role: 'editor' },
  'kernel.log': { on: 'notebook', role: 'viewer' },
  'version.promote': { on: 'notebook', role: 'editor', machine: true },
  'run.list': { on: 'workspace', role: 'viewer' },
  'run.read': { on: 'workspace', role: 'viewer' },
  'run.change': { on: 'workspace', role: 'editor' },
  'run.record': { on: 'notebook', role: 'editor', machine: true },
  'files.read': { on: 'notebook', role: 'viewer' },
  'files.write': { on: 'notebook', role: 'editor' },
  'secret.list': { on: 'notebook', role: 'editor' },
  'secret.write': { on: 'notebook', role: 'editor' },
  'secret.delete': { on: 'notebook', role: 'editor' },
  'secret.use': { on: 'notebook', role: 'editor', machine: true },
  'token.list': { on: 'workspace', role: 'editor' },
  'token.create': { on: 'workspace', role: 'editor' },
  'token.change': { on: 'token', role: 'editor' },
  'token.revoke': { on: 'token', role: 'editor' },
  'endpoint.list': { on: 'workspace', role: 'viewer', token: true },
  'endpoint.read': { on: 'workspace', role: 'viewer', token: true },
  'endpoint.predict': { on: 'workspace', role: 'viewer', token: true },
  'dataset.list': { on: 'workspace', role: 'viewer', token: true },
  'dataset.create': { on: 'workspace', role: 'editor', token: 'write' },
  'dataset.read': { on: 'dataset', role: 'viewer', token: true, machine: true },
  'dataset.write': { on: 'dataset', role: 'editor', token: 'write', machine: true },
  /** From a notebook's cell. */
  'dataset.use': { on: 'notebook', role: 'editor', machine: true },
  'dataset.delete': { on: 'dataset', role: 'editor', token: 'write' },
  'dataset.restore': { on: 'dataset', role: 'editor', trashed: true },
  'dataset.erase': { on: 'dataset', role: 'editor', trashed: true },
  'training.list': { on: 'workspace', role: 'viewer', token: true },
  'training.read': { on: 'workspace', role: 'viewer', token: true },
  'training.start': { on: 'workspace', role: 'editor', token: 'write' },
  'training.cancel': { on: 'workspace', role: 'editor', token: 'write' },
  'repository.list': { on: 'workspace', role: 'viewer' },
  'repository.manage': { on: 'workspace', role: 'editor' },
  'endpoint.manage': { on: 'workspace', role: 'editor', token: 'write' },
} as const satisfies Record<string, Rule>

export type Action = keyof typeof table
/** What an API key can be let do, and so what the API under `/api/v1` answers. */
export type ApiAction = {
  [A in Action]: (typeof table)[A] extends { token: true | 'write' } ? A : never
}[Action]
/** Who may do what. Teams and roles are added here, not at the routes. */
export const actions: Record<Action, Rule> = table
