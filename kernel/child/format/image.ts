import type { MimeBundle } from '../../../lib/protocol/events'
import type { PictureOptions } from '../../sdk/display'
import { encodePng, type Pixels } from '../png'
import { formatImage } from './media'

/** Numbers with a shape: what a tensor is once it has been read, and what `dataset()` gives of an idx file. */
export type Grid = { shape: number[]; data: ArrayLike<number> }

/** Pictures below this width are enlarged. */
const smallest = 160
/** Pictures of a stack that are shown. */
const mostPictures = 100
const gap = 2
const mostPixels = 40_000_000

/** Numbers as a picture: height × width, height × width × channels (1, 3, 4), or a stack of these. */
export function picture(grid: Grid, { min, max, scale, columns }: PictureOptions = {}): MimeBundle {
  const { count, height, width, channels } = readShape(grid)
  const shown = Math.min(count, mostPictures)
  const across = Math.max(1, Math.min(shown, columns ?? Math.ceil(Math.sqrt(shown * 1.6))))
  const down = Math.ceil(shown / across)
  const [low, high] = rangeOf(grid.data, min, max)
  const factor = 255 / (high - low || 1)
  const small = count === 1 ? smallest : smallest / 2
  const enlarged = Math.max(1, Math.round(scale ?? Math.max(1, Math.floor(small / width))))
  const cell = { width: width * enlarged + gap, height: height * enlarged + gap }
  const out = { width: across * cell.width - gap, height: down * cell.height - gap }
  if (out.width * out.height > mostPixels)
    throw new RangeError(`the picture is too large: ${out.width} × ${out.height} pixels; show a part of it`)
  const data = new Uint8ClampedArray(out.width * out.height * 4)
  for (let picture = 0; picture < shown; picture++) {
    const left = (picture % across) * cell.width
    const top = Math.floor(picture / across) * cell.height
    for (let y = 0; y < height * enlarged; y++) {
      for (let x = 0; x < width * enlarged; x++) {
        const row = picture * height + Math.floor(y / enlarged)
        const from = (row * width + Math.floor(x / enlarged)) * channels
        const to = ((top + y) * out.width + left + x) * 4
        for (let channel = 0; channel < 3; channel++) {
          const value = grid.data[from + (channels < 3 ? 0 : channel)]!
          data[to + channel] = (value - low) * factor
        }
        data[to + 3] = channels === 4 ? (grid.data[from + 3]! - low) * factor : 255
      }
    }
  }
  const size = `${width} × ${height}${channels > 1 ? ` × ${channels}` : ''}`
  const range = `${short(low)} to ${short(high)}`
  const which = count === 1 ? `picture, ${size}` : `${shown} of ${count} pictures, each ${size}`
  return { ...png({ ...out, data }), 'text/plain': `${which}; black to white is ${range}` }
}

/** A picture of whatever one can be made of: an image file's bytes, pixels, a tensor, numbers with a shape. */
export function formatPicture(value: unknown, options?: PictureOptions): MimeBundle {
  if (value instanceof Uint8Array) {
    const file = formatImage(value)
    if (file) return file
  }
  if (typeof value === 'object' && value !== null) {
    if (isPixels(value)) return formatPixels(value)
    const grid = gridOf(value)
    if (grid) return picture(grid, options)
  }
  throw new TypeError(
    'no picture can be made of this; give the bytes of a PNG, JPEG, GIF or WebP file, pixels ({ width, height, data }), a tensor, or rows of numbers',
  )
}

function gridOf(value: object): Grid | undefined {
  const { shape, data, dataSync } = value as Partial<Grid> & { dataSync?: () => ArrayLike<number> }
  if (Array.isArray(shape)) {
    if (typeof dataSync === 'function') return { shape, data: dataSync.call(value) }
    return data === undefined ? undefined : { shape, data }
  }
  if (!Array.isArray(value)) return undefined
  const sizes: number[] = []
  for (let inner: unknown = value; Array.isArray(inner); inner = inner[0]) sizes.push(inner.length)
  const flat = value.flat(Number.POSITIVE_INFINITY) as unknown[]
  return flat.every((each) => typeof each === 'number') ? { shape: sizes, data: flat } : undefined
}

/** Pixels as a browser's `ImageData` holds them. */
export function isPixels(value: object): value is Pixels {
  const { width, height, data } = value as Partial<Pixels>
  return (
    Number.isInteger(width) &&
    Number.isInteger(height) &&
    (data instanceof Uint8Array || data instanceof Uint8ClampedArray) &&
    data.length === width! * height! * 4 &&
    data.length > 0
  )
}

export const formatPixels = (pixels: Pixels): MimeBundle => ({
  ...png(pixels),
  'text/plain': `picture, ${pixels.width} × ${pixels.height}`,
})

const png = (pixels: Pixels) => ({ 'image/png': encodePng(pixels).toString('base64') })

function readShape({ shape, data }: Grid) {
  const whole = shape.reduce((product, size) => product * size, 1)
  const [a = 0, b = 0, c = 0, d = 0] = shape
  const is = (size: number) => size === 1 || size === 3 || size === 4
  const found =
    shape.length === 2
      ? { count: 1, height: a, width: b, channels: 1 }
      : shape.length === 3 && is(c)
        ? { count: 1, height: a, width: b, channels: c }
        : shape.length === 3
          ? { count: a, height: b, width: c, channels: 1 }
          : shape.length === 4 && is(d)
            ? { count: a, height: b, width: c, channels: d }
            : undefined
  if (!found || whole === 0 || data.length < whole)
    throw new TypeError(
      `a picture has the shape height × width, with 1, 3 or 4 channels, or is a stack of these: [${shape.join(', ')}]`,
    )
  return found
}

function rangeOf(data: ArrayLike<number>, min?: number, max?: number): [number, number] {
  if (min !== undefined && max !== undefined) return [min, max]
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  const isBytes = data instanceof Uint8Array || data instanceof Uint8ClampedArray
  const [low, high] =
    least >= 0 && greatest <= 1 && !isBytes
      ? [0, 1]
      : least >= 0 && greatest <= 255 && (isBytes || isWhole(data))
        ? [0, 255]
        : [least, greatest]
  return [min ?? low, max ?? high]
}

function isWhole(data: ArrayLike<number>) {
  for (let i = 0; i < data.length; i++) if (!Number.isInteger(data[i])) return false
  return true
}

const short = (value: number) => String(Number(value.toPrecision(3)))
