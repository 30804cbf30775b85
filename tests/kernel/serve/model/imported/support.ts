import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ModelFile } from '../../../../../lib/protocol/imported-model'
import { root } from '../../../../support/paths'

const folder = path.join(root, 'tests/kernel/serve/fixtures/models')

export const file = (name: string): ModelFile => ({ path: name, data: readFileSync(path.join(folder, name)) })

type Expected = {
  iris: { records: number[][]; label: number[]; probabilities: number[][] }
  colours: { records: { size: number; colour: string }[]; probabilities: number[][] }
  scorer: { records: { features: number[]; shop: number }[]; score: number[]; shop_next: number[] }
}
/** What the models predict in the libraries that made them. */
export const expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as Expected

/** A graph model of TensorFlow.js that adds the offsets 1, 2, 3 to each record, as its converter writes one. */
export function graphModel(): ModelFile[] {
  const type = (name: string) => ({ dtype: { type: name } })
  const shape = (...sizes: number[]) => ({
    shape: { shape: { dim: sizes.map((size) => ({ size: String(size) })) } },
  })
  const json = {
    format: 'graph-model',
    modelTopology: {
      versions: { producer: 1 },
      node: [
        { name: 'x', op: 'Placeholder', attr: { ...type('DT_FLOAT'), ...shape(-1, 3) } },
        { name: 'offsets', op: 'Const', attr: { ...type('DT_FLOAT'), value: { tensor: {} } } },
        { name: 'sum', op: 'AddV2', input: ['x', 'offsets'], attr: { T: { type: 'DT_FLOAT' } } },
      ],
    },
    weightsManifest: [
      {
        paths: ['group1-shard1of2.bin', 'group1-shard2of2.bin'],
        weights: [{ name: 'offsets', shape: [3], dtype: 'float32' }],
      },
    ],
  }
  const weights = new Uint8Array(Float32Array.of(1, 2, 3).buffer)
  return [
    { path: 'model.json', data: Buffer.from(JSON.stringify(json)) },
    { path: 'group1-shard1of2.bin', data: weights.slice(0, 5) },
    { path: 'group1-shard2of2.bin', data: weights.slice(5) },
  ]
}
