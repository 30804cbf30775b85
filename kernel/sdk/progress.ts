import { mime, type ProgressOutput } from '../../lib/protocol/mime'
import type { DisplayHost } from './display'

/** A bar that the cell moves itself. */
export type ProgressHandle = {
  /** Moves on by `by` (1). */
  increment(by?: number): void
  /** Moves to `value`; a new label if given. */
  update(value: number, label?: string): void
  done(): void
}

/** At most ten updates a second. */
const updateEvery = 100

export type Progress = {
  /** `for (const row of progress(rows, 'encoding')) …` */
  <Item>(items: Iterable<Item>, label?: string): Generator<Item, void, undefined>
  /** `for await (const chunk of progress(stream)) …` */
  <Item>(items: AsyncIterable<Item>, label?: string): AsyncGenerator<Item, void, undefined>
  /** `const bar = progress(100); bar.increment()` */
  (total: number, label?: string): ProgressHandle
}

/** Shows how far a loop is: its rate, and the time that is left where the length is known. */
export function createProgress(host: DisplayHost): Progress {
  function progress(items: unknown, label = '') {
    if (typeof items === 'number') return handle(host, items, label)
    if (items !== null && typeof items === 'object') {
      if (Symbol.asyncIterator in items) return eachAsync(host, items as AsyncIterable<unknown>, label)
      if (Symbol.iterator in items) return each(host, items as Iterable<unknown>, label)
    }
    if (typeof items === 'string') return each(host, items, label)
    throw new TypeError(`progress needs something to loop over, or a total: ${String(items)}`)
  }
  return progress as Progress
}

function* each(host: DisplayHost, items: Iterable<unknown>, label: string) {
  const bar = createBar(host, lengthOf(items), label)
  try {
    for (const item of items) {
      yield item
      bar.move(bar.value() + 1)
    }
  } finally {
    bar.end()
  }
}

async function* eachAsync(host: DisplayHost, items: AsyncIterable<unknown>, label: string) {
  const bar = createBar(host, lengthOf(items), label)
  try {
    for await (const item of items) {
      yield item
      bar.move(bar.value() + 1)
    }
  } finally {
    bar.end()
  }
}

function lengthOf(items: object | string) {
  const { length, size } = items as { length?: unknown; size?: unknown }
  return typeof length === 'number' ? length : typeof size === 'number' ? size : undefined
}

function handle(host: DisplayHost, total: number, label: string): ProgressHandle {
  const bar = createBar(host, total, label)
  return {
    increment: (by = 1) => bar.move(bar.value() + by),
    update: (value, text) => bar.move(value, text),
    done: bar.end,
  }
}

function createBar(host: DisplayHost, total: number | undefined, firstLabel: string) {
  const id = host.freshId('progress')
  const began = performance.now()
  let label = firstLabel
  let value = 0
  let shown = 0
  let done = false

  const bundle = () => {
    const seconds = (performance.now() - began) / 1000
    const output: ProgressOutput = { label, value, done }
    if (total !== undefined) output.total = total
    if (value > 0 && seconds > 0) {
      output.rate = value / seconds
      if (total !== undefined && !done) output.remaining = Math.max(0, total - value) / output.rate
    }
    const text = total === undefined ? `${value}` : `${value} of ${total}`
    return { [mime.progress]: output, 'text/plain': label ? `${label}: ${text}` : text }
  }
  const show = () => {
    shown = performance.now()
    host.updateBundle(id, bundle())
  }
  shown = began
  host.showBundle(bundle(), id)
  return {
    value: () => value,
    move(next: number, text = label) {
      value = next
      label = text
      if (performance.now() - shown >= updateEvery) show()
    },
    end() {
      if (done) return
      done = true
      show()
    },
  }
}
