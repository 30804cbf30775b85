/** The pages of one data set, in order. `path`: below `/data/<name>`. */
export const tabs = [
  { path: '', label: 'Rows' },
  { path: '/explore', label: 'Explore' },
  { path: '/versions', label: 'Versions' },
  { path: '/train', label: 'Train' },
] as const satisfies readonly {
  path: string
  label: string
}[]
