/** The pages of one endpoint, in order. `path`: below `/endpoints/<name>`. */
export const tabs = [
  { path: '', label: 'Overview' },
  { path: '/monitoring', label: 'Monitoring' },
] as const satisfies readonly {
  path: string
  label: string
}[]
