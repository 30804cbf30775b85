import { ApiError } from '../../../api'

/** Sends a file; `onProgress` hears the share that has gone, 0 to 1. Rejects with `ApiError`, also when it is aborted. */
export function upload(
  address: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  // `fetch` does not tell how much of a body has gone.
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    request.open('PUT', address)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1)
    request.onload = () => {
      if (request.status < 300) return done()
      const { code = 'unknown', message = `the server answered with status ${request.status}` } = errorIn(
        request.responseText,
      )
      failed(new ApiError(request.status, code, message))
    }
    request.onerror = () =>
      failed(new ApiError(0, 'offline', 'the connection broke off; send the file again'))
    request.onabort = () => failed(new ApiError(0, 'aborted', 'the upload was stopped'))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

function errorIn(text: string): { code?: string; message?: string } {
  try {
    return (JSON.parse(text) as { error?: { code: string; message: string } }).error ?? {}
  } catch {
    return {}
  }
}
