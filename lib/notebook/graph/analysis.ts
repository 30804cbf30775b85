/** What a cell's text says of names. */
export type Analysis = {
  /** Names it defines. */
  defs: string[]
  /** Of these, the imported ones → where from: two cells that import the same do not disagree. */
  imports: Record<string, string>
  /** Names it uses that are neither its own nor global. */
  refs: string[]
  /** Of `refs`, those it assigns. */
  assigns: string[]
  /** Globals it uses: a cell that comes to define such a name takes its place. */
  globals: string[]
  /** Whether it fits a model, which takes long. */
  trains: boolean
}

/** Of a text that says nothing. */
export const noNames = (): Analysis => ({
  defs: [],
  imports: {},
  refs: [],
  assigns: [],
  globals: [],
  trains: false,
})
