import { ApiError } from './api'

/** Saves what one of Cellar's own routes answers as a file. Throws `ApiError` with the reason where it is refused. */
export async function download(path: string) {
  const response = await fetch(path)
  if (!response.ok) {
    const { error } = (await response.json().catch(() => ({}))) as {
      error?: { code: string; message: string }
    }
    const { code = 'unknown', message = `the server answered with status ${response.status}` } = error ?? {}
    throw new ApiError(response.status, code, message)
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'download'
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
