/** Whether a whole number's decimal digits contain these, without making a text of each number. */
export function containsDigits(digits: string): (value: number) => boolean {
  const wanted = Number(digits)
  const size = 10 ** digits.length
  // No number is written with a zero in front: one must stand before a wanted zero.
  const least = digits.length > 1 && digits[0] === '0' ? size : 0
  return (value) => {
    let rest = Math.abs(value)
    if (wanted === 0 && digits.length === 1 && rest === 0) return true
    while (rest >= wanted && rest >= least && rest > 0) {
      if (rest % size === wanted && (digits[0] !== '0' || rest >= size)) return true
      rest = Math.floor(rest / 10)
    }
    return false
  }
}
