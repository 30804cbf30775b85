/** A column of the rows that are trained with. */
export type TrainColumn = { name: string } & (
  | {
      /** Booleans are 0 and 1, times milliseconds since 1970; what is missing is NaN. */
      type: 'boolean' | 'integer' | 'number' | 'date' | 'datetime'
      values: Float64Array
    }
  /** −1 is missing. */
  | { type: 'text'; categories: string[]; codes: Int32Array }
  /** Row by row. */
  | { type: 'numbers'; shape: number[]; values: Float32Array }
)

export type TrainData = { rows: number; columns: TrainColumn[] }

/** Rows of numbers, row by row, and what each of them is called. */
export type Matrix = { rows: number; width: number; values: Float64Array; names: string[] }

/** Some rows of a matrix. */
export function takeRows({ width, values, names }: Matrix, rows: Int32Array): Matrix {
  const taken = new Float64Array(rows.length * width)
  for (let i = 0; i < rows.length; i++)
    taken.set(values.subarray(rows[i]! * width, (rows[i]! + 1) * width), i * width)
  return { rows: rows.length, width, values: taken, names }
}

/** What is to be told of a row: a number, or one of classes. */
export type TargetKind =
  | { type: 'number' }
  | { type: 'class'; classes: readonly (string | number | boolean)[] }

/** What is to be told: a number for each row, or the number of its class. */
export type Target =
  | (Extract<TargetKind, { type: 'number' }> & { values: Float64Array })
  | (Extract<TargetKind, { type: 'class' }> & { values: Int32Array })

export function takeTarget<T extends Target>(target: T, rows: Int32Array): T {
  const values = target.type === 'number' ? new Float64Array(rows.length) : new Int32Array(rows.length)
  for (let i = 0; i < rows.length; i++) values[i] = target.values[rows[i]!]!
  return { ...target, values }
}
