'use client'

import { Button } from '@mantine/core'
import { type PointerEvent, useEffect, useRef } from 'react'
import classes from './records.module.css'
import { brush, fromPixels, inkOf, toPixels } from './tensor'

type Props = { shape: number[]; value: unknown; onChange: (value: unknown) => void; name: string }

/** Draws a small grey picture, such as a digit, with the pointer; its numbers stand in the JSON beside it. */
export function DrawGrid({ shape, value, onChange, name }: Props) {
  const size = shape[0]!
  const canvas = useRef<HTMLCanvasElement>(null)
  const pixels = useRef<number[][]>([])
  const ink = useRef<1 | 255>(1)
  const held = toPixels(value, size)
  pixels.current = held
  // An emptied picture keeps the scale of what was there.
  if (held.some((row) => row.some((pixel) => pixel > 0))) ink.current = inkOf(held)

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const image = context.createImageData(size, size)
    for (const [i, pixel] of pixels.current.flat().entries()) {
      const grey = Math.round((255 * pixel) / ink.current)
      image.data.set([grey, grey, grey, 255], 4 * i)
    }
    context.putImageData(image, 0, 0)
  })

  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons === 0) return
    const box = event.currentTarget.getBoundingClientRect()
    const x = ((event.clientX - box.left) / box.width) * size
    const y = ((event.clientY - box.top) / box.height) * size
    pixels.current = brush(pixels.current, x, y, ink.current)
    onChange(fromPixels(pixels.current, shape))
  }
  const clear = () => onChange(fromPixels(toPixels(undefined, size), shape))
  return (
    <div className={classes.draw}>
      <canvas
        ref={canvas}
        width={size}
        height={size}
        className={classes.canvas}
        role="img"
        aria-label={`${name}: a picture of ${size} by ${size} pixels; draw with the pointer, or edit its JSON`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          draw(event)
        }}
        onPointerMove={draw}
      />
      <div className={classes.drawSide}>
        <span>Draw with the pointer or a finger.</span>
        <Button size="compact-sm" variant="default" onClick={clear}>
          Clear
        </Button>
      </div>
    </div>
  )
}
