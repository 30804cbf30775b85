/**
 * What an API key may do: `read`, predict and read; `write`, beside that change what its workspace has, as an editor may
 * where an action says so.
 */
export const tokenScopes = ['read', 'write'] as const
export type TokenScope = (typeof tokenScopes)[number]
