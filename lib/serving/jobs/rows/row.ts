/** A row of a batch's file: a record to be checked, or why there is none. `bytes`: about its size. */
export type Row = { record: unknown; bytes: number } | { problem: string; bytes: number }

/** Largest row, bytes: what is longer is a file of another kind, or broken. */
export const maxRowBytes = 2 ** 20

/** Reads a file as rows, in pieces that need little memory. Throws `JobFailed` where the rest cannot be read. */
export type Rows = AsyncGenerator<Row[], void, void>
