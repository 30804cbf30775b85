/** What a version's model can be written as. The bundle itself needs no worker. */
export const modelFormats = ['tfjs', 'keras'] as const
export type ModelFormat = (typeof modelFormats)[number]

/** What a version can be taken along as. */
export const exportFormats = [...modelFormats, 'bundle', 'dockerfile'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** A model in another format. `note`: what it leaves out. */
export type ExportedModel = { data: Uint8Array; note: string | null }

/** What web wants to know of an artifact; a worker finds it out in a fresh process without network. */
export const studyQueue = 'study'
export type StudyJob =
  /** `artifact`: a name in the store of versions' artifacts. */
  | { type: 'export'; artifact: string; format: ModelFormat }
  /** `from`: in which store the artifact lies, unless it is a version's. */
  | { type: 'predict'; artifact: string; from?: 'uploads'; records: unknown[] }
export type StudyReply =
  /** `file`: a name in the store of uploads, which is emptied after a day. */
  | { ok: true; type: 'export'; file: { name: string; bytes: number }; note: string | null }
  | { ok: true; type: 'predict'; predictions: unknown[] }
  /** Why there is none, as a sentence. */
  | { ok: false; reason: string }

export const isModelFormat = (text: string): text is ModelFormat =>
  (modelFormats as readonly string[]).includes(text)
