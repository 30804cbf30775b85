import type { UploadedFile } from '../../../../lib/protocol/inputs'
import type { NotebookSession } from '../session'

/** Of a file at a time: a page and a kernel never hold more of it. */
const partBytes = 1_000_000

type Of = { cellId: string; name: string; definition: string }

/** Brings a file into the notebook's folder, part by part. `onProgress`: bytes so far. */
export async function upload(
  ask: NotebookSession['ask'],
  of: Of,
  file: File,
  onProgress: (bytes: number) => void,
): Promise<UploadedFile> {
  for (let offset = 0; ; offset += partBytes) {
    const part = file.slice(offset, offset + partBytes)
    const last = offset + partBytes >= file.size
    const data = await base64(part)
    const uploaded = await ask('input.upload', { ...of, file: file.name, offset, data, last })
    onProgress(uploaded.size)
    if (last) return uploaded
  }
}

const base64 = (part: Blob) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(reader.error ?? new Error('the file could not be read'))
    reader.readAsDataURL(part)
  })
