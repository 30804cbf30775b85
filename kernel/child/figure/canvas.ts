import { encodePng } from '../png'

type ImageLike = { width: number; height: number; data: Uint8ClampedArray }

/**
 * A canvas that does what Observable Plot does with one: the ramp of a continuous legend, and rasters. There is none in
 * Node.
 */
export function createCanvas() {
  let [width, height] = [300, 150]
  let pixels: Uint8ClampedArray | undefined
  const drawn = () => {
    pixels ??= new Uint8ClampedArray(width * height * 4)
    return pixels
  }
  const context = {
    fillStyle: '#000000',
    filter: 'none',
    fillRect(x: number, y: number, w: number, h: number) {
      const color = rgba(context.fillStyle)
      const data = drawn()
      for (let row = Math.max(0, y); row < Math.min(height, y + h); row++)
        for (let column = Math.max(0, x); column < Math.min(width, x + w); column++)
          data.set(color, 4 * (row * width + column))
    },
    createImageData: (w: number, h: number): ImageLike => ({
      width: w,
      height: h,
      data: new Uint8ClampedArray(w * h * 4),
    }),
    putImageData(image: ImageLike, x: number, y: number) {
      const data = drawn()
      for (let row = 0; row < image.height; row++) {
        const from = 4 * row * image.width
        data.set(image.data.subarray(from, from + 4 * image.width), 4 * ((y + row) * width + x))
      }
    },
  }
  return {
    get width() {
      return width
    },
    set width(value: number) {
      width = value
      pixels = undefined
    },
    get height() {
      return height
    },
    set height(value: number) {
      height = value
      pixels = undefined
    },
    getContext: () => context,
    toDataURL: () =>
      `data:image/png;base64,${encodePng({ width, height, data: drawn() }).toString('base64')}`,
  }
}

/** A colour as d3 interpolates it: `rgb(…)`, `rgba(…)` or `#…`. */
function rgba(color: string): [number, number, number, number] {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(color)?.[1]
  if (hex) {
    const digits = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex
    const [r = 0, g = 0, b = 0, a = 255] = (digits.match(/../g) ?? []).map((pair) =>
      Number.parseInt(pair, 16),
    )
    return [r, g, b, a]
  }
  const [r = 0, g = 0, b = 0, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number)
  return [r, g, b, a * 255]
}
