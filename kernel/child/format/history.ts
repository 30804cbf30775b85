/** What `fit` of tfjs gives back; its curves are in the training's card already. */
type History = { epoch: number[]; history: Record<string, ArrayLike<unknown>> }

export function isHistory(value: object): value is History {
  const { epoch, history } = value as Partial<History>
  return value.constructor?.name === 'History' && Array.isArray(epoch) && typeof history === 'object'
}

/** A line for each metric, from its first epoch to its last. */
export function formatHistory({ epoch, history }: History): string {
  const lines = Object.entries(history).map(([name, values]) => {
    const ends = values.length > 1 ? [values[0], values[values.length - 1]] : [values[0]]
    return `  ${name}: ${ends.map(short).join(' → ')}`
  })
  return [`History of ${epoch.length} ${epoch.length === 1 ? 'epoch' : 'epochs'}`, ...lines].join('\n')
}

const short = (value: unknown) =>
  typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value)
