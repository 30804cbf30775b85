/** How long a model takes for its batches, learnt from the last of them. */
export type ServiceTime = {
  /** A batch of so many records took so long. */
  saw(records: number, ms: number): void
  /** Milliseconds for so many batches with so many records together; 0 until one was seen. */
  expect(batches: number, records: number): number
}

/** The weight of a batch when the next one has been seen: of the last twenty most is known. */
const keep = 0.9
/** A batch that took longer than this many times what was expected counts as so much: a worker may have been killed. */
const most = 8

/**
 * A line through the last batches' times, by least squares: what each batch costs, and what each record adds. Batches of
 * one size alone cannot tell these apart; then all is taken for the records' cost, which errs towards refusing.
 */
export function createServiceTime(): ServiceTime {
  let [weight, size, squares, time, products] = [0, 0, 0, 0, 0]

  function line() {
    const spread = weight * squares - size * size
    // Below this, sizes differ by rounding only.
    if (spread <= 1e-9 * weight * squares) return { batch: 0, record: time / size }
    const record = (weight * products - size * time) / spread
    if (record <= 0) return { batch: time / weight, record: 0 }
    const batch = (time - record * size) / weight
    return batch >= 0 ? { batch, record } : { batch: 0, record: products / squares }
  }

  const expect = (batches: number, records: number) => {
    if (weight === 0) return 0
    const { batch, record } = line()
    return batches * batch + records * record
  }

  return {
    saw(records, ms) {
      const bounded = weight === 0 ? ms : Math.min(ms, most * expect(1, records) + 10)
      weight = keep * weight + 1
      size = keep * size + records
      squares = keep * squares + records * records
      time = keep * time + bounded
      products = keep * products + records * bounded
    },
    expect,
  }
}
