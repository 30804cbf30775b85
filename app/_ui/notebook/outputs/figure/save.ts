import { palette } from '../../../palette'
import { figureUrl, prepareFigure } from './prepare'

/** As the page shows it, or for paper. */
export type FigureLook = 'light' | 'dark' | 'white'

/** PNG pixels per pixel of the figure. */
const density = 2

const colorsOf = (look: FigureLook) =>
  look === 'white'
    ? { text: palette.light.text, background: '#ffffff' }
    : { text: palette[look].text, background: palette[look].surface }

/** A figure as a file. Rejects where the browser cannot draw it. */
export async function figureFile(svg: string, type: 'svg' | 'png', look: FigureLook): Promise<Blob> {
  const colors = colorsOf(look)
  const figure = prepareFigure(svg, colors, true)
  if (!figure) throw new Error('the figure is not well-formed SVG')
  if (type === 'svg') return new Blob([figure.text], { type: 'image/svg+xml' })
  const image = new Image()
  image.src = figureUrl(figure.text)
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil((figure.width ?? image.naturalWidth) * density)
  canvas.height = Math.ceil((figure.height ?? image.naturalHeight) * density)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('the browser gave no canvas to draw on')
  context.fillStyle = colors.background
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (!blob) throw new Error(`the figure is too large for a PNG: ${canvas.width} × ${canvas.height} pixels`)
  return blob
}

/** Hands a file to the person. */
export function download(blob: Blob, name: string) {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
