import { reachable } from './reachable'
import type { EngineTensor, TensorFlow } from './tensorflow'

/** Knows which cell made which tensors, and disposes those that nothing can use any more. */
export type Tensors = {
  /** Follows the tensors that are made from now on. */
  watch(tf: TensorFlow): void
  /** A cell runs again, or is gone: what it made before goes, unless a shared name leads to it. */
  release(cellId: string): void
}

export function createTensors(
  currentCell: () => string | undefined,
  roots: () => Iterable<unknown>,
): Tensors {
  const byCell = new Map<string, Set<EngineTensor>>()
  const makers = new WeakMap<EngineTensor, Set<EngineTensor>>()
  /** They lead to every variable there is, whoever holds it. */
  const closed: object[] = [globalThis]

  return {
    watch(tf) {
      const engine = tf.engine()
      const { trackTensor, disposeTensor } = engine
      closed.push(engine, engine.state)
      engine.trackTensor = function (tensor, backend) {
        trackTensor.call(this, tensor, backend)
        const cell = currentCell()
        if (cell === undefined) return
        const made = byCell.get(cell) ?? new Set()
        byCell.set(cell, made)
        made.add(tensor)
        makers.set(tensor, made)
      }
      engine.disposeTensor = function (tensor) {
        disposeTensor.call(this, tensor)
        makers.get(tensor)?.delete(tensor)
      }
    },
    release(cellId) {
      const made = byCell.get(cellId)
      if (!made) return
      byCell.delete(cellId)
      for (const tensor of made) if (tensor.isDisposed) made.delete(tensor)
      const kept = made.size === 0 ? made : (reachable(roots(), made, closed) ?? made)
      for (const tensor of made) if (!kept.has(tensor)) tensor.dispose()
      if (kept.size > 0) {
        // Still this cell's: its next run looks again.
        byCell.set(cellId, new Set(kept))
        for (const tensor of kept) makers.set(tensor, byCell.get(cellId)!)
      }
    },
  }
}
