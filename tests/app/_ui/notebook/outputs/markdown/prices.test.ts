import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import ReactMarkdown from 'react-markdown'
import remarkMath from 'remark-math'
import { expect, test } from 'vitest'
import { remarkPrices } from '../../../../../../app/_ui/notebook/outputs/markdown/prices'

const html = (children: string) =>
  renderToStaticMarkup(createElement(ReactMarkdown, { remarkPlugins: [remarkMath, remarkPrices], children }))

test.each([
  ['a formula', 'so $x^2$ is', '<p>so <code class="language-math math-inline">x^2</code> is</p>'],
  ['two prices', 'from $5 to $6 each', '<p>from $5 to $6 each</p>'],
  ['a price behind a price', 'some $50,000$100', '<p>some $50,000$100</p>'],
  ['one price', 'above $50K', '<p>above $50K</p>'],
  [
    'a formula in a list',
    '- **$a$**',
    '<ul>\n<li><strong><code class="language-math math-inline">a</code></strong></li>\n</ul>',
  ],
])('%s is read as one', (_, source, expected) => {
  expect(html(source)).toBe(expected)
})
