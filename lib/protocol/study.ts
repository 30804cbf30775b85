/** What a version's model can be written as. The bundle itself needs no worker. */
export const modelFormats = ['tfjs', 'keras'] as const
export type ModelFormat = (typeof modelFormats)[number]

/** What Python's own converters write a model as, where they are. */
export const pythonFormats = ['saved-model', 'onnx'] as const
export type PythonFormat = (typeof pythonFormats)[number]

/** What a worker's machine has for them: versions, null for what is missing. */
export type Converters = {
  python: string
  keras: string | null
  tensorflow: string | null
  tf2onnx: string | null
}

/** What is missing for a format, as a sentence that says what to do; null where nothing is. */
export function lacking(converters: Converters | null | undefined, format: PythonFormat): string | null {
  if (!converters)
    return 'there is no Python on the machine of the workers: install python3, or set CELLAR_PYTHON'
  const needed = ['keras', 'tensorflow', ...(format === 'onnx' ? ['tf2onnx'] : [])] as const
  const missing = needed.filter((name) => converters[name as keyof Converters] === null)
  if (missing.length === 0) return null
  return `the machine's Python ${converters.python} lacks ${missing.join(' and ')}: python3 -m pip install ${missing.join(' ')}`
}

/** What a version can be taken along as. */
export const exportFormats = [...modelFormats, ...pythonFormats, 'bundle', 'dockerfile'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** A model in another format. `note`: what it leaves out. */
export type ExportedModel = { data: Uint8Array; note: string | null }

/** What web wants to know of an artifact; a worker finds it out in a fresh process without network. */
export const studyQueue = 'study'
export type StudyJob =
  /** `artifact`: a name in the store of versions' artifacts. */
  | { type: 'export'; artifact: string; format: ModelFormat | PythonFormat }
  /** What is there for Python's formats. */
  | { type: 'converters' }
  /** `from`: in which store the artifact lies, unless it is a version's. */
  | { type: 'predict'; artifact: string; from?: 'uploads'; records: unknown[] }
export type StudyReply =
  /** `file`: a name in the store of uploads, which is emptied after a day. */
  | { ok: true; type: 'export'; file: { name: string; bytes: number }; note: string | null }
  | { ok: true; type: 'converters'; converters: Converters | null }
  | { ok: true; type: 'predict'; predictions: unknown[] }
  /** Why there is none, as a sentence. */
  | { ok: false; reason: string }

export const isPythonFormat = (text: string): text is PythonFormat =>
  (pythonFormats as readonly string[]).includes(text)

export const isModelFormat = (text: string): text is ModelFormat =>
  (modelFormats as readonly string[]).includes(text)
