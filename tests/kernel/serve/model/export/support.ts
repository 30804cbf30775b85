import { Serializer } from 'node:v8'
import type { Bundle, ModelArtifacts } from '../../../../../lib/protocol/bundle'
import { bundleFormat } from '../../../../../lib/protocol/bundle'
import type { LayersModelLike } from '../../../../../lib/protocol/model-kind'

/** A model's artifacts as a promotion captures them. */
export async function artifactsOf(model: unknown): Promise<ModelArtifacts> {
  let saved: ModelArtifacts = {}
  await (model as LayersModelLike).save({
    async save(artifacts) {
      saved = artifacts as ModelArtifacts
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } }
    },
  })
  return saved
}

/** An artifact whose entry is a model, or with `within` a function beside these models. */
export function bundleOf(
  models: ModelArtifacts[],
  { within = false, classes = [] as string[] } = {},
): Uint8Array {
  const nodes = models.map((artifacts, i) => ({ t: 'layers' as const, id: i + 1, classes, artifacts }))
  const code = { t: 'function', id: 99, text: '() => []', form: 'expression', name: 'f', v: [] } as const
  const bundle: Bundle = {
    format: bundleFormat,
    entry: within ? { ...code, v: [] } : nodes[0]!,
    kind: within ? 'function' : 'layers',
    items: within ? Object.fromEntries(nodes.map((node, i) => [`model${i}`, node])) : {},
    imports: {},
    packages: [],
  }
  const serializer = new Serializer()
  serializer.writeHeader()
  serializer.writeValue(bundle)
  return serializer.releaseBuffer()
}
