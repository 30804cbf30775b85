import { useEffect, useState } from 'react'
import type { ColumnType } from '../../../../lib/protocol/dataset'
import type { ImportOptions, ImportPreview } from '../../../../lib/protocol/dataset-import'
import { ApiError, api } from '../../../_ui/api'

type Refusal = { code: string; message: string }

/** What an upload holds, read in a certain way. What was there stays until the next is there. */
export function usePreview(upload: string, options: ImportOptions, types: (ColumnType | null)[]) {
  const [state, setState] = useState<{ preview?: ImportPreview; refused?: Refusal; busy: boolean }>({
    busy: true,
  })
  const ask = JSON.stringify({ options, ...(types.length > 0 && { types }) })
  useEffect(() => {
    let current = true
    setState(({ preview }) => ({ preview, busy: true }))
    api<ImportPreview>('POST', `/api/dataset-uploads/${upload}/preview`, JSON.parse(ask)).then(
      (preview) => {
        if (current) setState({ preview, busy: false })
      },
      (error: Error) => {
        const code = error instanceof ApiError ? error.code : 'unknown'
        if (current) setState({ refused: { code, message: error.message }, busy: false })
      },
    )
    return () => {
      current = false
    }
  }, [upload, ask])
  return state
}
