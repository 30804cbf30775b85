import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { File } from 'h5wasm/node'
import { ExportError } from './export-error'
import type { FoundModel } from './find-model'
import { convertModel, type LayerJson, type Variable } from './keras-config'
import { readWeights, type Weight } from './weights'
import { zip } from './zip'

/** The release of Keras whose form this is. */
const kerasVersion = '3.15.1'

/**
 * A layers model as Keras 3's `.keras`: a zip of `metadata.json`, `config.json` and `model.weights.h5`. Throws `ExportError`
 * where Keras would compute something else.
 */
export async function writeKeras({ kind, artifacts, custom }: FoundModel): Promise<Uint8Array> {
  if (kind === 'graph')
    throw new ExportError('it is a graph model, which has no layers for Keras: use the TensorFlow.js format')
  if (custom.length > 0)
    throw new ExportError(
      `its layers are classes of the notebook, which Keras does not have: ${custom.join(', ')}`,
    )
  const { config, variables } = convertModel(topology(artifacts.modelTopology))
  const weights = readWeights(artifacts.weightSpecs, artifacts.weightData)
  const saved = new Date().toISOString().replace('T', '@').slice(0, 19)
  return zip([
    { path: 'metadata.json', data: JSON.stringify({ keras_version: kerasVersion, date_saved: saved }) },
    { path: 'config.json', data: JSON.stringify(config) },
    { path: 'model.weights.h5', data: await writeHdf5(variables, weights) },
  ])
}

/** Converters of other tools wrap it once more. */
function topology(value: unknown): LayerJson {
  const { model_config: inner } = value as { model_config?: LayerJson }
  return inner ?? (value as LayerJson)
}

async function writeHdf5(variables: Variable[], weights: Map<string, Weight>): Promise<Uint8Array> {
  const { default: h5wasm } = await import('h5wasm/node')
  await h5wasm.ready
  // The library writes files only; this process has a folder of its own.
  const name = path.resolve(`${randomUUID()}.h5`)
  const file = new h5wasm.File(name, 'w')
  const left = new Set(weights.keys())
  /** Group → how many variables it has: their names are numbers. */
  const counts = new Map<string, number>()
  try {
    file.create_group('vars')
    for (const variable of variables) {
      const key = keyOf(variable, weights)
      // A layer without a bias has no such weight.
      if (key === undefined) continue
      left.delete(key)
      const { data, shape, dtype } = weights.get(key)!
      const { group } = variable
      const count = counts.get(group) ?? 0
      counts.set(group, count + 1)
      if (count === 0) createGroups(file, group)
      const type = dtype === 'int32' ? '<i' : '<f'
      file.create_dataset({ name: `${group}/${count}`, data: data as Float32Array, shape, dtype: type })
    }
    if (left.size > 0)
      throw new ExportError(`Keras has no place for some of its weights: ${[...left].slice(0, 5).join(', ')}`)
    file.close()
    return await readFile(name)
  } finally {
    await rm(name, { force: true })
  }
}

function createGroups(file: File, group: string) {
  const parts = group.split('/')
  for (const i of parts.keys()) {
    const here = parts.slice(0, i + 1).join('/')
    if (!file.get(here)) file.create_group(here)
  }
}

/** A layer inside of another model may have that one's name before its own. */
function keyOf({ layer, name }: Variable, weights: Map<string, Weight>) {
  const key = `${layer}/${name}`
  if (weights.has(key)) return key
  return [...weights.keys()].find((each) => each.endsWith(`/${key}`))
}
