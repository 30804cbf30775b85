import path from 'node:path'
import { expect, test } from 'vitest'
import { installExamples } from '../../../../app/_data/examples/install'
import type { AnswerTo, Figure } from '../../../../lib/datasets/explore/question'
import { requireDataset, requireVersion } from '../../../../lib/datasets/find'
import { giveExamples } from '../../../../lib/datasets/give-examples'
import { withDatasets } from '../../../support/datasets'
import { root } from '../../../support/paths'

const at = withDatasets(async (at) => {
  await installExamples(path.join(root, 'notebooks/data'), at)
  await giveExamples(at.db)
})

const idOf = async (name: string) =>
  (await requireVersion(at.db, await requireDataset(at.db, at.ada.workspaceId, name))).id

async function ask<F extends Figure>(name: string, figure: F) {
  const question = { versionId: await idOf(name), asker: 'page', figure, filters: [] }
  return (await at.store.ask('explore', question)) as AnswerTo<F>
}

test('the examples are explored as they are stored', async () => {
  const age = await ask('income', { kind: 'attribute', column: 'age' })
  expect([age.rows, age.statistics!.quartiles, age.statistics!.outliers]).toEqual([
    32561,
    [28, 37, 48],
    { below: 0, above: 143, low: -2, high: 78 },
  ])
  const digits = await ask('mnist', { kind: 'gallery', images: 'pixels', label: 'label' })
  expect(digits.labels.map(({ label, count, images }) => [label, count, images.length])).toEqual([
    ['0', 980, 12],
    ['1', 1135, 12],
    ['2', 1032, 12],
    ['3', 1010, 12],
    ['4', 982, 12],
    ['5', 892, 12],
    ['6', 958, 12],
    ['7', 1028, 12],
    ['8', 974, 12],
    ['9', 1009, 12],
  ])
  expect(Buffer.from(digits.labels[0]!.images[0]!, 'base64').length).toBe(784)
})

test('a question that is asked anew ends the one before', async () => {
  const scatter = { kind: 'scatter', x: 'age', y: 'age', colour: null, many: 'bins' } as const
  const question = { versionId: await idOf('income'), asker: 'page', figure: scatter, filters: [] }
  const first = expect(at.store.ask('explore', question)).rejects.toMatchObject({ status: 409 })
  const second = (await at.store.ask('explore', question)) as AnswerTo<typeof scatter>
  await first
  expect(second.rows).toBe(32561)
})
