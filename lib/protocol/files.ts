import { z } from 'zod'

/** A file or folder below a notebook's own folder, its names joined by `/`; '' is the folder itself. */
export const filePath = z
  .string()
  .max(1000)
  .refine(
    (path) => path === '' || path.split('/').every(isName),
    'not a path below the notebook folder: names joined by /, without . and ..',
  )

const isName = (name: string) =>
  name !== '' && name !== '.' && name !== '..' && name.length <= 255 && !/[\0\\]/.test(name)

export type FileEntry = {
  name: string
  kind: 'file' | 'folder'
  /** Bytes; 0 for a folder. */
  size: number
  /** Milliseconds since 1970. */
  modifiedAt: number
}
export type FileList = {
  entries: FileEntry[]
  /** Bytes that all files of the notebook hold, and may hold. */
  used: number
  quota: number
}

export const fileChange = z.discriminatedUnion('change', [
  z.object({ change: z.literal('folder'), path: filePath.min(1) }),
  z.object({ change: z.literal('rename'), path: filePath.min(1), to: filePath.min(1) }),
  z.object({ change: z.literal('delete'), path: filePath.min(1) }),
])
export type FileChange = z.infer<typeof fileChange>

/** Of what travels in one message between web and host. */
export const filePartBytes = 1_000_000
