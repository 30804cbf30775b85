/**
 * What a cell's function looks like in `String(f)`. Libraries that read the source of the functions they are given
 * (arquero's verbs, of which `d => op.round(d.x)` is a query) must see the names as typed, not the scope object.
 */

const native = Symbol.for('cellar.nativeText')
type ToString = typeof Function.prototype.toString & { [native]?: typeof Function.prototype.toString }

/** The text with shared names as typed: `(d) => $S.op.round(d.x)` → `(d) => op.round(d.x)`. */
export const asTyped = (text: string) =>
  text
    .replace(/\(0, \$[SC]\.([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)\)/gu, '$1')
    .replace(/\$[SC]\.(?=[\p{ID_Start}$_])/gu, '')

/** Replaces `Function.prototype.toString` for this process. */
export function installFunctionText() {
  const before = Function.prototype.toString as ToString
  if (before[native]) return
  const replacement = function (this: unknown) {
    const text = before.call(this)
    return text.includes('$S.') ? asTyped(text) : text
  }
  Object.defineProperty(replacement, 'name', { value: 'toString' })
  Object.defineProperty(replacement, native, { value: before })
  Object.defineProperty(Function.prototype, 'toString', {
    value: replacement,
    writable: true,
    configurable: true,
  })
}

/** The text that really runs, with `$S`. */
export function nativeText(value: (...args: never[]) => unknown): string {
  const current = Function.prototype.toString as ToString
  return (current[native] ?? current).call(value)
}
