/** Whether a tensor is a small grey picture that can be drawn: 8 to 64 pixels square, with or without a channel. */
export function drawable([height, width, channels = 1, ...more]: number[]): boolean {
  return (
    more.length === 0 &&
    channels === 1 &&
    height === width &&
    height !== undefined &&
    height >= 8 &&
    height <= 64
  )
}

/** The picture's rows, one number a pixel; zeros where the value is something else. */
export function toPixels(value: unknown, size: number): number[][] {
  const rows = Array.isArray(value) ? value : []
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => {
      const row: unknown = rows[y]
      const pixel: unknown = Array.isArray(row) ? row[x] : 0
      const number = Array.isArray(pixel) ? pixel[0] : pixel
      return typeof number === 'number' ? number : 0
    }),
  )
}

/** The reverse of `toPixels`, in the tensor's own shape. */
export const fromPixels = (pixels: number[][], shape: number[]): unknown =>
  shape.length === 3 ? pixels.map((row) => row.map((pixel) => [pixel])) : pixels

/** Full ink in the picture's own scale: 1 where nothing exceeds it, else 255. */
export const inkOf = (pixels: number[][]): 1 | 255 =>
  pixels.some((row) => row.some((pixel) => pixel > 1)) ? 255 : 1

/** A soft round stroke at a place, in pixels; ink only grows. `ink`: the value of full ink. */
export function brush(pixels: number[][], x: number, y: number, ink: number): number[][] {
  const radius = pixels.length / 18
  return pixels.map((row, py) =>
    row.map((pixel, px) => {
      const distance = Math.hypot(px + 0.5 - x, py + 0.5 - y)
      const wet = Math.max(0, Math.min(1, 1.6 - distance / (radius * 1.25)))
      const value = ink === 255 ? Math.round(wet * ink) : Number((wet * ink).toFixed(3))
      return Math.max(pixel, value)
    }),
  )
}
