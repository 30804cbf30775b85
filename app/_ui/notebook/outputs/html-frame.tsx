import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { palette, type Scheme } from '../../palette'
import classes from './outputs.module.css'

const maxHeight = 4000

/**
 * HTML that a cell made, in a sandboxed frame of an origin of its own: it cannot reach the page, its cookies or the
 * network. Its scripts do run, in there. The frame tells its height, which is all that is heard from it.
 */
export function HtmlFrame({ html, title }: { html: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const scheme = useComputedColorScheme('light')
  const [height, setHeight] = useState(60)
  const page = useMemo(() => framePage(html, palette[scheme], scheme, pageNonce()), [html, scheme])
  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent<unknown>) => {
      if (source !== frame.current?.contentWindow) return
      const told = (data as { cellarHeight?: unknown } | null)?.cellarHeight
      // Chromium does not lay out a frame out of sight and of no height: it would stay so.
      if (typeof told === 'number' && told > 0) setHeight(Math.min(Math.ceil(told), maxHeight))
    }
    window.addEventListener('message', onMessage)
    return () => window.removeEventListener('message', onMessage)
  }, [])
  return (
    <iframe
      ref={frame}
      title={title || 'HTML output'}
      className={classes.frame}
      sandbox="allow-scripts"
      referrerPolicy="no-referrer"
      srcDoc={page}
      style={{ height }}
    />
  )
}

/** The nonce of the page's scripts; browsers hide the attribute and keep the property. */
const pageNonce = () => document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''

// A srcdoc frame inherits the page's content security policy and can only narrow it: its scripts need the page's
// nonce, and its own policy takes the network away, which 'self' of the inherited one would allow.
function framePage(html: string, scheme: Scheme, name: 'light' | 'dark', nonce: string) {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'unsafe-eval'`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'font-src data:',
    'media-src data: blob:',
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ')
  const body = new DOMParser().parseFromString(html, 'text/html')
  for (const meta of body.querySelectorAll('meta[http-equiv], base')) meta.remove()
  for (const script of body.querySelectorAll('script')) script.setAttribute('nonce', nonce)
  const tell = `
    const tell = () => parent.postMessage({ cellarHeight: document.documentElement.getBoundingClientRect().height }, '*')
    new ResizeObserver(tell).observe(document.documentElement)
    addEventListener('load', tell)`
  return `<!doctype html><html style="color-scheme:${name}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style>
html { color: ${scheme.text}; background: transparent; font: 13px/1.5 system-ui, sans-serif; }
body { margin: 0; overflow-x: auto; } body > :first-child { margin-top: 0; } body > :last-child { margin-bottom: 0; } a { color: ${scheme.accent}; } img, svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 10px; border-bottom: 1px solid ${scheme.border}; text-align: left; }
</style><script nonce="${nonce}">${tell}</script>${body.head.innerHTML}</head><body>${body.body.innerHTML}</body></html>`
}
