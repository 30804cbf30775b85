import { z } from 'zod'
import { readFileText } from '../../../../lib/notebooks/file-text'
import { importNotebook } from '../../../../lib/notebooks/files'
import { Refused } from '../../../../lib/refused'
import { created, route } from '../../../../lib/route'

const query = z.object({ name: z.string().min(1).max(300), folder: z.uuid().optional() })

/** The body is the file as it is. */
export const POST = route({ action: 'notebook.create' }, async ({ entry, user, query: raw, request }) => {
  const { success, data } = query.safeParse(raw)
  if (!success) throw new Refused(400, 'bad_request', 'name: say the file’s name in the address, `?name=…`')
  const { name, folder } = data
  const announced = request.headers.get('content-length')
  const text = await readFileText(name, request.body, announced === null ? undefined : Number(announced))
  const { workspaceId } = entry
  return created(await importNotebook({ workspaceId, userId: user.id, folderId: folder, name, text }))
})
