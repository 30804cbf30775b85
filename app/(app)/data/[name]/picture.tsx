'use client'

import { useEffect, useRef } from 'react'
import classes from './rows.module.css'

type Props = { values: number[]; height: number; width: number }

/** A matrix as a grey picture: its least value black, its greatest white. */
export function Picture({ values, height, width }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const image = context.createImageData(width, height)
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const value of values) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    for (const [i, value] of values.entries()) {
      const grey = high > low ? (255 * (value - low)) / (high - low) : 0
      image.data.set([grey, grey, grey, 255], 4 * i)
    }
    context.putImageData(image, 0, 0)
  }, [values, height, width])
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      className={classes.picture}
      role="img"
      aria-label={`picture of ${height} × ${width} numbers`}
    />
  )
}
