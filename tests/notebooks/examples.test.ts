import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { root } from '../support/paths'

/** Every example runs, without a page, to the last cell; what it prints is what was committed. */

const run = async (name: string) => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['bin/cellar', 'run', `notebooks/${name}.ts`],
    {
      cwd: root,
      maxBuffer: 16e6,
    },
  )
  return stdout
}

/** What differs from run to run: times, sizes of bundles, and the last digits of what TensorFlow learns. */
const normalize = (text: string) =>
  text
    .replace(/^ *TensorFlow .*\n/gm, '')
    .replace(/(training done: \d+ of \d+ epochs).*/g, '$1')
    .replace(/captured [\d,]+ bytes/g, 'captured … bytes')
    .replace(/accuracy on (\d+) (.*?): [\d.]+ %/g, 'accuracy on $1 $2: … %')
    .replace(/\{ image: \d+, is: \d, read: \d \},?/g, '{ image, is, read }')
    .replace(/(\s*\{ image, is, read \})+/g, '\n  { image, is, read } …')
    .replace(/image\/png, [\d,]+ bytes/g, 'image/png')

const accuracy = (text: string) => Number(/accuracy on .*: ([\d.]+) %/.exec(text)?.[1])

describe('the example notebooks', () => {
  test.each([
    ['iris-clusters', undefined],
    ['income-classifier', 84.5],
    ['mnist-digits', 96],
  ])(
    '%s prints what was committed, and is as accurate as it must be',
    async (name, percent) => {
      const printed = await run(name)
      const expected = path.join(root, `tests/notebooks/expected/${name}.txt`)
      await expect(normalize(printed)).toMatchFileSnapshot(expected)
      if (percent) expect(accuracy(printed)).toBeGreaterThanOrEqual(percent)
    },
    180_000,
  )

  test('the last rendered runs reached their marks', async () => {
    const text = (name: string) => readFile(path.join(root, `notebooks/rendered/${name}.json`), 'utf8')
    expect(accuracy(await text('income-classifier'))).toBeGreaterThanOrEqual(84.5)
    expect(accuracy(await text('mnist-digits'))).toBeGreaterThanOrEqual(96)
    expect(await text('iris-clusters')).toContain('cost 78.85 with 3 clusters')
  })
})
