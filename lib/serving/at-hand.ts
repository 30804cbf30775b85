/** What mostly is there already. Each `await` costs a turn and promises, of which Next's hooks then hear. */
export type AtHand<T> = T | Promise<T>

/** Goes on with a value, at once where it is there. */
export const andThen = <T, Next>(value: AtHand<T>, next: (value: T) => AtHand<Next>): AtHand<Next> =>
  value instanceof Promise ? value.then(next) : next(value)
