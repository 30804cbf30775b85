/** Who is signed in, and the workspace they look at. */
export type Person = {
  id: string
  name: string
  email: string
  workspace: { id: string; name: string; role: 'owner' | 'editor' | 'viewer' }
}
