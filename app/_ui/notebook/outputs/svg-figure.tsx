import { useComputedColorScheme } from '@mantine/core'
import { type CSSProperties, useMemo } from 'react'
import { palette } from '../../palette'
import classes from './outputs.module.css'

/**
 * A figure as an image: an SVG loaded through `<img>` runs no script and loads nothing. It does not see the page's
 * colours either, so that the scheme's text colour is written into it.
 */
export function SvgFigure({ svg }: { svg: string }) {
  const scheme = useComputedColorScheme('light')
  const figure = useMemo(() => prepare(svg, palette[scheme].text, palette[scheme].surface), [svg, scheme])
  if (!figure) return <p className={classes.note}>A figure that is not well-formed SVG was left out.</p>
  const { url, width, height, label } = figure
  return (
    <div className={classes.figure} style={{ '--natural': `${width ?? 0}px` } as CSSProperties}>
      {/* biome-ignore lint/performance/noImgElement: a figure that a cell made has no address to optimise */}
      <img className={classes.image} src={url} width={width} height={height} alt={label} />
    </div>
  )
}

function prepare(svg: string, color: string, background: string) {
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml')
  const root = document.documentElement
  if (root.nodeName !== 'svg' || document.querySelector('parsererror')) return
  if (!root.getAttribute('xmlns')) root.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const style = root.getAttribute('style') ?? ''
  root.setAttribute('style', `color: ${color}; --plot-background: ${background}; ${style}`)
  const size = (name: string) => {
    const value = root.getAttribute(name) ?? ''
    return /^[\d.]+(px)?$/.test(value) ? Number.parseFloat(value) || undefined : undefined
  }
  const text = new XMLSerializer().serializeToString(root)
  return {
    url: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`,
    width: size('width'),
    height: size('height'),
    label: root.getAttribute('aria-label') ?? root.querySelector('title')?.textContent ?? 'Figure',
  }
}
