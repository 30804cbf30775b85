/** The pages of one endpoint, in order. `path`: below `/endpoints/<name>`. */
export const tabs = [
  { path: '', label: 'Overview' },
  { path: '/requests', label: 'Requests' },
  { path: '/monitoring', label: 'Monitoring' },
  { path: '/jobs', label: 'Jobs' },
  { path: '/api', label: 'API' },
  { path: '/settings', label: 'Settings' },
] as const satisfies readonly {
  path: string
  label: string
}[]
