import { Deserializer } from 'node:v8'
import { type Bundle, bundleFormat } from '../../../lib/protocol/bundle'
import { isImported } from '../../../lib/protocol/imported-model'
import { createPredictor, type Predictor } from '../../../lib/protocol/predictor'
import { decodeTrained, isTrained } from '../../../lib/training/artifact'
import { allNodes, createDecoder, type Loaded } from './decode'
import { restoreImported } from './imported/load'
import { checkVersion, exportOf, importPackage } from './importer'
import { loadTensorflow } from './tensorflow'
import { trainedPredictor } from './trained/predictor'

/** A bundle's function or model, ready to predict. Throws when a package is missing or too different, or its code does. */
export async function restore(bytes: Uint8Array): Promise<Predictor> {
  if (isImported(bytes)) return restoreImported(bytes)
  if (isTrained(bytes)) return trainedPredictor(decodeTrained(bytes))
  const bundle = deserialize(bytes)
  for (const each of bundle.packages) checkVersion(each)
  const loaded = await loadLibraries(bundle)
  const { S, decode } = createDecoder(bundle, loaded)
  for (const [name, from] of Object.entries(bundle.imports)) {
    checkVersion(from)
    S[name] = exportOf(await importPackage(from.specifier), from)
  }
  await loadModels(bundle, loaded, S)
  // Now, so that code which fails when it is evaluated fails here, not at the first prediction.
  for (const name of Object.keys(bundle.items)) void S[name]
  return createPredictor(bundle.kind, decode(bundle.entry), loaded.tf, () => Object.values(S))
}

function deserialize(bytes: Uint8Array): Bundle {
  const deserializer = new Deserializer(bytes)
  deserializer.readHeader()
  const bundle = deserializer.readValue() as Bundle
  if (bundle?.format !== bundleFormat)
    throw new Error(`the bundle's format is unknown, promote it again: ${String(bundle?.format)}`)
  return bundle
}

async function loadLibraries(bundle: Bundle): Promise<Loaded> {
  const modules: Loaded['modules'] = new Map()
  for (const node of allNodes(bundle))
    if (node.t === 'module') modules.set(node.specifier, await importPackage(node.specifier))
  const kinds = new Set(Array.from(allNodes(bundle), ({ t }) => t))
  const specifiers = [...Object.values(bundle.imports), ...bundle.packages].map(({ specifier }) => specifier)
  const needsTensorflow =
    kinds.has('tensor') ||
    kinds.has('layers') ||
    kinds.has('graph') ||
    specifiers.some((specifier) => specifier.startsWith('@tensorflow/'))
  return {
    tf: needsTensorflow ? await loadTensorflow() : undefined,
    arquero: kinds.has('table')
      ? ((await importPackage('arquero')) as unknown as Loaded['arquero'])
      : undefined,
    modules,
    models: new Map(),
  }
}

async function loadModels(bundle: Bundle, { tf, models }: Loaded, S: Record<string, unknown>) {
  for (const node of allNodes(bundle)) {
    if (node.t !== 'layers' && node.t !== 'graph') continue
    const handler = { load: async () => node.artifacts }
    if (node.t === 'graph') models.set(node.id, await tf!.loadGraphModel(handler))
    else {
      for (const name of node.classes) tf!.serialization.registerClass(S[name])
      models.set(node.id, await tf!.loadLayersModel(handler))
    }
  }
}
