/** Mermaid keeps one set of options for the page: one diagram at a time. */
let last: Promise<unknown> = Promise.resolve()
let serial = 0

/**
 * A Mermaid diagram as SVG, shown as an image like every other figure. Labels are SVG's text, never HTML; what the text
 * could bring along, Mermaid's `strict` level takes out while it measures.
 */
export function drawDiagram(source: string, scheme: 'light' | 'dark'): Promise<string> {
  const drawn = last.then(() => draw(source, scheme))
  last = drawn.catch(() => {})
  return drawn
}

async function draw(source: string, scheme: 'light' | 'dark') {
  // By far the largest library of the page: only who writes diagrams loads it.
  const { default: mermaid } = await import('mermaid')
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    theme: scheme === 'dark' ? 'dark' : 'neutral',
    fontFamily: 'system-ui, sans-serif',
    htmlLabels: false,
    flowchart: { htmlLabels: false },
  })
  const { svg } = await mermaid.render(`diagram-${++serial}`, source)
  return sized(svg)
}

/** Mermaid leaves the size to the page; an image has one of its own. */
function sized(svg: string) {
  const root = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg')
  const [, , width, height] = root?.getAttribute('viewBox')?.split(/[\s,]+/) ?? []
  if (!root || !width || !height) throw new Error('mermaid gave no picture')
  root.setAttribute('width', String(Math.ceil(Number(width))))
  root.setAttribute('height', String(Math.ceil(Number(height))))
  root.style.removeProperty('max-width')
  return new XMLSerializer().serializeToString(root)
}
