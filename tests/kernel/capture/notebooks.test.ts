import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { runHeadless } from '../../../kernel/host/headless'
import { parsePercent } from '../../../lib/notebook/percent'
import { root } from '../../support/paths'
import { createModelProcess } from './support'

test('what the iris notebook promotes answers in a fresh process', async () => {
  const file = path.join(root, 'notebooks/iris-clusters.ts')
  const home = mkdtempSync(path.join(tmpdir(), 'cellar-home-'))
  let promoted: Uint8Array | undefined
  const { ok, state } = await runHeadless({
    file,
    root,
    home,
    cells: parsePercent(readFileSync(file, 'utf8')),
    backend: { name: 'tensorflow' },
    onEvent: () => {},
    onArtifact: () => {},
    onPromotion: (_, bundle) => {
      promoted = bundle.slice()
    },
  })
  rmSync(home, { recursive: true })
  const errors = Object.values(state.cells).flatMap(({ outputs }) =>
    outputs.filter((o) => o.output_type === 'error'),
  )
  expect({ ok, errors }).toEqual({ ok: true, errors: [] })
  const model = createModelProcess()
  try {
    expect(await model.load(promoted!)).toMatchObject({ type: 'loaded' })
    const setosa = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 }
    const reply = await model.predict([setosa, setosa])
    if (reply.type !== 'predictions') throw new Error(reply.type)
    const [first, second] = reply.predictions as { cluster: number; distance: number }[]
    expect(first).toEqual(second)
    expect([typeof first?.cluster, first!.distance < 1]).toEqual(['number', true])
  } finally {
    await model.close()
  }
})
