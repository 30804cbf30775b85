import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parsePercent } from '../../../lib/notebook/percent'
import { root } from '../../support/paths'
import { openNotebook } from './support'

test.each(['income-classifier.ts', 'iris-clusters.ts', 'mnist-digits.ts'])(
  '%s has no problems of types',
  async (file) => {
    const cells = parsePercent(readFileSync(path.join(root, 'notebooks', file), 'utf8'))
    const code = cells.filter(({ kind }) => kind === 'code')
    const { problems } = openNotebook({
      ...Object.fromEntries(code.map(({ id, source }) => [id, source])),
      last: 'const wrong: number = "text"',
    })
    // Said when the server has read everything.
    await problems('last', (found) => found.length > 0)
    const found = await Promise.all(code.map(({ id }) => problems(id, () => true)))
    expect(found).toEqual(code.map(() => []))
  },
)
