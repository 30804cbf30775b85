import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useState } from 'react'
import { sentence } from '../../format'
import { SvgFigure } from '../figure/svg-figure'
import { drawDiagram } from './draw-diagram'
import classes from './markdown.module.css'

/** A diagram that is written as text; the text, and why, where it cannot be drawn. */
export function Diagram({ source }: { source: string }) {
  const scheme = useComputedColorScheme('light')
  const [drawn, setDrawn] = useState<{ svg: string } | { problem: string }>()
  useEffect(() => {
    let isCurrent = true
    drawDiagram(source, scheme).then(
      (svg) => isCurrent && setDrawn({ svg }),
      (error: Error) => isCurrent && setDrawn({ problem: error.message }),
    )
    return () => {
      isCurrent = false
    }
  }, [source, scheme])
  if (drawn && 'svg' in drawn) return <SvgFigure svg={drawn.svg} />
  return (
    <>
      <pre>{source}</pre>
      {drawn && <p className={classes.problem}>The diagram was not drawn. {sentence(drawn.problem)}</p>}
    </>
  )
}
