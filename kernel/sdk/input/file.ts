import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { UploadedFile } from '../../../lib/protocol/inputs'
import type { InputDefinition, InputOptions } from './definition'

export type FileOptions = InputOptions & {
  /** As in HTML: `.csv,.tsv`, `image/*`. */
  accept?: string
}

/** A file that a person chose; it lies in the notebook's folder. */
export type InputFile = {
  name: string
  /** In the notebook's folder, as `dataset()` takes it. */
  path: string
  /** Bytes. */
  size: number
  text(): Promise<string>
  bytes(): Promise<Uint8Array>
}

/** `undefined` until a file is chosen. */
export function file({ label = '', accept }: FileOptions = {}): InputDefinition<InputFile | undefined> {
  return {
    label,
    control: { kind: 'file', multiple: false, ...(accept && { accept }) },
    initial: [],
    accept: (sent) => acceptFiles(sent, 1),
    decode: (files) => (files as UploadedFile[]).map(toFile)[0],
  }
}

/** Several files. */
export function files({ label = '', accept }: FileOptions = {}): InputDefinition<InputFile[]> {
  return {
    label,
    control: { kind: 'file', multiple: true, ...(accept && { accept }) },
    initial: [],
    accept: (sent) => acceptFiles(sent, 1000),
    decode: (files) => (files as UploadedFile[]).map(toFile),
  }
}

function acceptFiles(sent: unknown, most: number) {
  if (!Array.isArray(sent) || sent.length > most || !sent.every(isUploaded)) return undefined
  return sent.map(({ path, size }) => ({ path, size }))
}

function isUploaded(value: unknown): value is UploadedFile {
  const { path: where, size } = (value ?? {}) as Partial<UploadedFile>
  return (
    typeof where === 'string' &&
    typeof size === 'number' &&
    where !== '' &&
    !path.isAbsolute(where) &&
    !where.split(/[\\/]/).includes('..')
  )
}

const toFile = ({ path: where, size }: UploadedFile): InputFile => ({
  name: path.basename(where),
  path: where,
  size,
  text: () => readFile(where, 'utf8'),
  bytes: async () => new Uint8Array(await readFile(where)),
})
