/** Whether a text holds another, small and capital letters counting as the same. */
export function containsText(wanted: string): (text: string) => boolean {
  // One pass without a copy: `toLowerCase` of each cell would make a million texts.
  const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu')
  return (text) => pattern.test(text)
}
