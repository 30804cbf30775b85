/**
 * A promoted function or model with all it needs, as a model child rebuilds it. Written with `v8.Serializer`, which keeps
 * cycles, shared objects, Maps, Sets, Dates and typed arrays; what it cannot keep is a node of its own here.
 */
export const bundleFormat = 1

export type Bundle = {
  format: typeof bundleFormat
  /** What was promoted. */
  entry: Encoded
  kind: ModelKind
  /** Shared name → its value when it was promoted. */
  items: Record<string, Encoded>
  /** Shared name → what it was imported as. */
  imports: Record<string, BundleImport>
  /** Packages that `module` nodes name, or that the code loads while it runs by `import()` or `require()`. */
  packages: { specifier: string; version: string | null }[]
}

export type ModelKind = 'layers' | 'graph' | 'function'
/** `exported`: `*` is the whole module. `version`: of the package; null for what has none. */
export type BundleImport = { specifier: string; exported: string; version: string | null }

/** A property and its value. */
export type Fields = [name: string, value: Encoded][]

/** A value. `id` numbers what has an identity; a second mention is a `ref`. */
export type Encoded =
  /** Plain data all the way down, as it is. */
  | { t: 'plain'; v: unknown }
  | { t: 'ref'; id: number }
  /** What a package exports: `op` of arquero. */
  | { t: 'module'; specifier: string; path: string[] }
  | { t: 'array'; id: number; v: Encoded[]; frozen: boolean }
  | { t: 'map'; id: number; v: [Encoded, Encoded][] }
  | { t: 'set'; id: number; v: Encoded[] }
  | { t: 'object'; id: number; bare: boolean; v: Fields; frozen: boolean }
  /** Of the class with this shared name. */
  | { t: 'instance'; id: number; of: string; v: Fields; frozen: boolean }
  /** `text` is an expression over `$S`, `$C` and `$K`, or a method's definition. `v`: properties put on it. */
  | { t: 'function'; id: number; text: string; form: 'expression' | 'method'; name: string; v: Fields }
  | {
      t: 'tensor'
      id: number
      dtype: string
      shape: number[]
      data: unknown
      variable?: { name: string; trainable: boolean }
    }
  | { t: 'table'; id: number; columns: Fields; groups: string[] }
  /** `classes`: shared names of the layer classes that cells define. */
  | { t: 'layers'; id: number; classes: string[]; artifacts: ModelArtifacts }
  | { t: 'graph'; id: number; artifacts: ModelArtifacts }

/** tfjs's `ModelArtifacts`, passed through. */
export type ModelArtifacts = Record<string, unknown>
