/** How one field's values differ from those of the reference. */
export type FieldDrift = {
  side: 'input' | 'output'
  path: string
  test: 'Kolmogorov–Smirnov' | 'chi-squared'
  /** Of the test: the distance D, or χ². */
  statistic: number
  /** Corrected for all fields of the comparison. */
  p: number
  /** The population stability index. */
  psi: number
  drifted: boolean
}
