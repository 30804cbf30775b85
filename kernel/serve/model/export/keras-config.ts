import { ExportError } from './export-error'
import { kerasActivations, kerasLayers } from './keras-layers'

export type Config = Record<string, unknown>
/** A layer as `toJSON` of TensorFlow.js writes it, in Keras 2's form. */
export type LayerJson = { class_name: string; name?: string; config: Config; inbound_nodes?: unknown }

/** A variable of Keras: the group of the file that holds it, and by what its weight is known. */
export type Variable = { group: string; layer: string; name: string }
export type Converted = { config: Config; variables: Variable[] }

const float32 = {
  module: 'keras',
  class_name: 'DTypePolicy',
  config: { name: 'float32' },
  registered_name: null,
}
const models = new Set(['Sequential', 'Model', 'Functional'])

/** A model's configuration in Keras 3's form, and where its variables are. Throws `ExportError`. */
export function convertModel({ class_name: kind, config }: LayerJson, path = ''): Converted {
  const layers = ((Array.isArray(config) ? config : config.layers) ?? []) as LayerJson[]
  return kind === 'Sequential' ? sequential(config, layers, path) : functional(config, layers, path)
}

function sequential(config: Config, layers: LayerJson[], path: string): Converted {
  const [first] = layers
  const shape = first?.config.batch_input_shape
  if (!first || !Array.isArray(shape))
    throw new ExportError(
      `the shape of its input is not known: give the first layer an inputShape: ${String(config.name)}`,
    )
  const begins =
    first.class_name === 'InputLayer' ? [] : [inputLayer(`${layerName(first)}_input`, first.config)]
  const converted = convertLayers(layers, path)
  return {
    config: {
      module: 'keras',
      class_name: 'Sequential',
      config: {
        name: cleanName(config.name),
        trainable: true,
        dtype: float32,
        layers: [...begins, ...converted.map((each) => each.config)],
        build_input_shape: shape,
      },
      registered_name: null,
      build_config: { input_shape: shape },
    },
    variables: converted.flatMap(({ variables }) => variables),
  }
}

function functional(config: Config, layers: LayerJson[], path: string): Converted {
  const converted = convertLayers(layers, path)
  const sequentials = new Set(
    layers.filter((layer) => layer.class_name === 'Sequential').map((layer) => String(layer.config.name)),
  )
  const nodes = (given: unknown) => convertNodes(given, sequentials)
  return {
    config: {
      module: 'keras.src.models.functional',
      class_name: 'Functional',
      config: {
        name: cleanName(config.name),
        trainable: true,
        layers: converted.map((each, i) => ({
          ...each.config,
          name: layerName(layers[i]!),
          inbound_nodes: nodes(layers[i]!.inbound_nodes ?? []),
        })),
        input_layers: single(nodes(config.input_layers)),
        output_layers: single(nodes(config.output_layers)),
      },
      registered_name: 'Functional',
    },
    variables: converted.flatMap(({ variables }) => variables),
  }
}

/** Keras names the places of variables by class and place in the model, not by the layers' names. */
function convertLayers(layers: LayerJson[], path: string): Converted[] {
  const used = new Map<string, number>()
  return layers.map((layer) => {
    const name = snakeCase(layer.class_name === 'Model' ? 'Functional' : layer.class_name)
    const times = used.get(name) ?? 0
    used.set(name, times + 1)
    return convertLayer(layer, `${path}layers/${name}${times ? `_${times}` : ''}/`)
  })
}

function convertLayer(layer: LayerJson, path: string): Converted {
  const { class_name: kind, config } = layer
  if (models.has(kind)) return convertModel(layer, path)
  if (kind === 'InputLayer') return { config: inputLayer(layerName(layer), config), variables: [] }
  if (kind === 'Bidirectional') return bidirectional(layer, path)
  if (kind === 'TimeDistributed') {
    const inner = convertLayer(config.layer as LayerJson, `${path}layer/`)
    // Its weights have the wrapper's name in place of the layer's.
    const variables = inner.variables.map((each) => ({ ...each, layer: String(config.name) }))
    return wrapped(layer, { layer: inner.config }, variables)
  }
  const known = kerasLayers[kind]
  if (!known) throw new ExportError(`Keras 3 has no layer of this kind: ${kind}`)
  const taken = known.keys.flatMap((key) =>
    config[key] === undefined || config[key] === null
      ? []
      : [[known.renamed?.[key] ?? key, convertValue(key, config[key], layer)]],
  )
  return {
    config: {
      module: 'keras.layers',
      class_name: kind,
      config: {
        name: layerName(layer),
        trainable: config.trainable ?? true,
        dtype: float32,
        ...Object.fromEntries(taken),
      },
      registered_name: null,
    },
    variables: known.variables.map((name) => ({
      group: `${path}${known.cell ? 'cell/' : ''}vars`,
      layer: String(config.name),
      name,
    })),
  }
}

function bidirectional(layer: LayerJson, path: string): Converted {
  const inner = layer.config.layer as LayerJson
  const way = (direction: 'forward' | 'backward') => ({
    ...inner,
    config: {
      ...inner.config,
      name: `${direction}_${inner.config.name}`,
      go_backwards: direction === 'backward',
    },
  })
  const forward = convertLayer(way('forward'), `${path}forward_layer/`)
  const backward = convertLayer(way('backward'), `${path}backward_layer/`)
  return wrapped(
    layer,
    { merge_mode: layer.config.merge_mode ?? null, layer: forward.config, backward_layer: backward.config },
    owned([...forward.variables, ...backward.variables], layer),
  )
}

const wrapped = (layer: LayerJson, more: Config, variables: Variable[]): Converted => ({
  config: {
    module: 'keras.layers',
    class_name: layer.class_name,
    config: { name: layerName(layer), trainable: layer.config.trainable ?? true, dtype: float32, ...more },
    registered_name: null,
  },
  variables,
})

/** The weights of a direction are called `<wrapper>/<layer>/<name>`. */
const owned = (variables: Variable[], { config }: LayerJson) =>
  variables.map((each) => ({ ...each, layer: `${config.name}/${each.layer}` }))

const inputLayer = (name: string, { batch_input_shape, dtype = 'float32' }: Config): Config => ({
  module: 'keras.layers',
  class_name: 'InputLayer',
  config: { batch_shape: batch_input_shape, dtype, sparse: false, name },
  registered_name: null,
})

function convertValue(key: string, value: unknown, { config }: LayerJson): unknown {
  if (key === 'activation' || key === 'recurrent_activation') {
    const activation = kerasActivations[String(value)]
    if (!activation)
      throw new ExportError(
        `Keras 3 computes ${value} otherwise than TensorFlow.js: choose another ${key}, such as sigmoid: ${config.name}`,
      )
    return activation
  }
  if (key.endsWith('_regularizer')) return named('keras.regularizers', value)
  if (key.endsWith('_constraint')) return named('keras.constraints', value)
  return value
}

const named = (module: string, value: unknown) => ({ module, ...(value as object), registered_name: null })

const layerName = ({ name, config }: LayerJson) => cleanName(config.name ?? name)
/** Keras takes no slash in a name. */
const cleanName = (name: unknown) => String(name).replaceAll('/', '_')

/**
 * Where tensors come from: lists of `[layer, node, tensor, …]`. A Sequential's own making counts as its first node in
 * TensorFlow.js, and does not in Keras 3.
 */
function convertNodes(nodes: unknown, sequentials: ReadonlySet<string>): unknown {
  if (!Array.isArray(nodes)) return nodes
  const [name, node, ...rest] = nodes as [unknown, unknown, ...unknown[]]
  if (typeof name !== 'string') return nodes.map((each) => convertNodes(each, sequentials))
  return [cleanName(name), sequentials.has(name) ? Number(node) - 1 : node, ...rest]
}

/** One input is given as it is, not as a list of one. */
const single = (nodes: unknown) => (Array.isArray(nodes) && nodes.length === 1 ? nodes[0] : nodes)

/** As Keras makes `conv2d` of `Conv2D` and `p_re_lu` of `PReLU`. */
const snakeCase = (name: string) =>
  name
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
