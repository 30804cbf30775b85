import { type ExportFormat, exportFormats, exportNotebook } from '../../../../../lib/notebooks/files'
import { Refused } from '../../../../../lib/refused'
import { attachment, route } from '../../../../../lib/route'
import { ofNotebook } from '../../../../../lib/route-targets'

export const GET = route({ action: 'notebook.export', target: ofNotebook }, async ({ params, query }) => {
  const { format = 'ts' } = query
  if (!isFormat(format))
    throw new Refused(400, 'bad_request', `the format is one of ${exportFormats.join(', ')}, not: ${format}`)
  const { name, type, text } = await exportNotebook(params.id!, format)
  return attachment(name, type, text)
})

const isFormat = (format: string): format is ExportFormat =>
  (exportFormats as readonly string[]).includes(format)
