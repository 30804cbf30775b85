/** A class that rows belong to. */
export type Category = string | number | boolean

/** What came of a training: what its page draws. Figures are of at most so many points; it says of how many rows. */
export type TrainingResult = {
  rows: { total: number; train: number; test: number }
  /** What a person should know: rows left out, columns that say nothing. */
  notes: string[]
  /** Of the rows of the test, or of all where none were kept for it. */
  metrics: Metric[]
  /** How each step went: loss by iteration. */
  history: { name: string; points: [step: number, value: number][] }[]
  /** How much worse the answers get when a column's values are mixed up; the largest first. */
  importance: { column: string; value: number }[]
  clusters?: Clusters
  confusion?: { classes: Category[]; counts: number[][] }
  /** Share of the others that are let in by the share of the class that is found, for two classes. */
  roc?: [falsePositive: number, truePositive: number][]
  residuals?: { predicted: number[]; actual: number[]; of: number }
  coefficients?: { outputs: string[]; rows: { name: string; values: number[] }[] }
}

/** `better`: which way is good. */
export type Metric = { name: string; value: number; better: 'higher' | 'lower' }

export type Clusters = {
  cost: number
  iterations: number
  sizes: number[]
  /** −1 to 1: how much nearer rows are to their own cluster than to the next; null where there is one only. */
  silhouette: { value: number | null; rows: number }
  /** In the columns' own units. */
  centers: { columns: string[]; values: number[][] }
  /** Rows to draw, by column, with the cluster of each. */
  sample: { columns: { name: string; values: (number | null)[] }[]; labels: number[]; of: number }
  elbow: { k: number; cost: number; silhouette: number | null }[]
}
