import { isValidElement, memo, type ReactNode } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { Diagram } from './diagram'
import classes from './markdown.module.css'
import { remarkPrices } from './prices'
import { useMath } from './use-math'

/** Markdown with tables, lists of tasks, footnotes, formulas and diagrams. HTML in it is shown as text. */
export const Markdown = memo(function Markdown({ source }: { source: string }) {
  const math = useMath(source)
  return (
    <div className={classes.prose}>
      <ReactMarkdown
        remarkPlugins={math ? [remarkGfm, math.remarkMath, remarkPrices] : [remarkGfm]}
        rehypePlugins={math && [math.rehypeKatex]}
        components={components}
      >
        {source}
      </ReactMarkdown>
    </div>
  )
})

const components: Components = {
  a: ({ node: _, ...props }) => <a {...props} target="_blank" rel="noreferrer noopener" />,
  pre({ node: _, children, ...props }) {
    const diagram = diagramIn(children)
    return diagram === undefined ? <pre {...props}>{children}</pre> : <Diagram source={diagram} />
  },
}

/** The text of a code block of the language `mermaid`. */
function diagramIn(children: ReactNode): string | undefined {
  if (!isValidElement<{ className?: string; children?: ReactNode }>(children)) return undefined
  const { className, children: text } = children.props
  return className?.split(' ').includes('language-mermaid') ? String(text) : undefined
}
