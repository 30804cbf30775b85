type Node = {
  type: string
  value?: string
  children?: Node[]
  position?: { start: { offset?: number }; end: { offset?: number } }
}

/**
 * A plugin of remark, after `remark-math`: `$5 and $6` are prices. As pandoc has it, a formula neither begins nor ends
 * with a space, and no digit follows it.
 */
export function remarkPrices() {
  return (tree: Node, file: unknown) => restore(tree, String(file))
}

function restore(node: Node, source: string) {
  for (const child of node.children ?? []) {
    if (child.type === 'inlineMath') toText(child, source)
    else restore(child, source)
  }
}

function toText(node: Node, source: string) {
  const { start, end } = node.position ?? {}
  if (start?.offset === undefined || end?.offset === undefined) return
  const raw = source.slice(start.offset, end.offset)
  const isPrice = /^\$\s|\s\$$/.test(raw) || /\d/.test(source[end.offset] ?? '')
  if (!isPrice || raw.startsWith('$$')) return
  for (const key of Object.keys(node)) if (key !== 'position') delete node[key as keyof Node]
  Object.assign(node, { type: 'text', value: raw })
}
