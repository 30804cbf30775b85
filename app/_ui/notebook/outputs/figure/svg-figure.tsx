import { useComputedColorScheme } from '@mantine/core'
import { type CSSProperties, type PointerEvent, useMemo, useState } from 'react'
import type { FigureTips } from '../../../../../lib/protocol/figure'
import { palette } from '../../../palette'
import classes from './figure.module.css'
import { nearest, type Pointed } from './nearest'
import { figureUrl, prepareFigure } from './prepare'
import { SaveMenu } from './save-menu'
import { Tip } from './tip'

/**
 * A figure as an image: an SVG loaded through `<img>` runs no script and loads nothing. What a pointer is told lies
 * over it, as text.
 */
export function SvgFigure({ svg, tips }: { svg: string; tips?: FigureTips }) {
  const scheme = useComputedColorScheme('light')
  const figure = useMemo(() => {
    const { text, surface } = palette[scheme]
    const prepared = prepareFigure(svg, { text, background: surface })
    return prepared && { ...prepared, url: figureUrl(prepared.text) }
  }, [svg, scheme])
  const [pointed, setPointed] = useState<{ at: Pointed; scale: number; isRight: boolean; isLow: boolean }>()
  if (!figure) return <p className={classes.note}>A figure that is not well-formed SVG was left out.</p>
  const { url, width, height, label } = figure
  const point = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>) => {
    if (!tips) return
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    const scale = width / tips.width
    const at = nearest(tips, (clientX - left) / scale, (clientY - top) / scale)
    // A figure that scrolls sideways shows a part of itself.
    const seen = currentTarget.parentElement!.getBoundingClientRect()
    const isRight = clientX > seen.left + Math.min(width, seen.width) * 0.6
    const isLow = clientY > top + height * 0.5
    setPointed((now) => {
      const isSame = now && at && now.scale === scale && now.at.mark === at.mark && now.at.point === at.point
      return isSame ? now : at && { at, scale, isRight, isLow }
    })
  }
  return (
    <div
      className={classes.figure}
      data-testid="figure"
      style={{ '--natural': `${width ?? 0}px` } as CSSProperties}
    >
      <div className={classes.scroll}>
        <div
          className={classes.drawing}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setPointed(undefined)}
        >
          {/* biome-ignore lint/performance/noImgElement: a figure that a cell made has no address to optimise */}
          <img src={url} width={width} height={height} alt={label} draggable={false} />
          {tips && pointed && <Tip tips={tips} {...pointed} />}
        </div>
      </div>
      <div className={classes.actions}>
        <SaveMenu svg={svg} />
      </div>
    </div>
  )
}
