import { filePath } from '../protocol/files'
import { Refused } from '../refused'

/** The path that an address names with `?path=`. */
export function fileOf({ path = '' }: Record<string, string>): string {
  const { success, data, error } = filePath.safeParse(path)
  if (success) return data
  throw new Refused(400, 'bad_path', error.issues[0]?.message ?? 'not a path')
}
