/** Numbers some of which are missing, as a column of arquero: an array of a million boxed numbers would be felt. */
export class NullableNumbers {
  readonly length: number
  constructor(
    private readonly numbers: { readonly length: number; readonly [row: number]: number },
    private readonly missing: ReadonlySet<number>,
  ) {
    this.length = numbers.length
  }

  at(row: number): number | null | undefined {
    return this.missing.has(row) ? null : this.numbers[row]
  }

  *[Symbol.iterator](): Generator<number | null> {
    for (let row = 0; row < this.length; row++) yield this.at(row)!
  }

  toArray(): (number | null)[] {
    return Array.from(this)
  }
}
