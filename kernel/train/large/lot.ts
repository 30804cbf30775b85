/**
 * A number from 0 to 1 for a row, by its place and a seed: each pass over the file draws the same lots, and none has to be
 * kept (the mixer of splitmix32).
 */
export function lotOf(row: number, seed: number): number {
  let mixed = (Math.imul(row, 0x9e3779b9) + Math.imul(seed + 1, 0x85ebca6b) + Math.floor(row / 2 ** 32)) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
}
