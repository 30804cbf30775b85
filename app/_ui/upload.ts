import { ApiError } from './api'

/**
 * Sends a file, or several as a form; `onProgress` hears the share that has gone, 0 to 1. Resolves with the answer's JSON.
 * Rejects with `ApiError`, also when it is aborted.
 */
export function upload<T>(
  method: 'PUT' | 'POST',
  address: string,
  body: File | FormData,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<T> {
  // `fetch` does not tell how much of a body has gone.
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    request.open(method, address)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1)
    request.onload = () => {
      const answer = parse(request.responseText)
      if (request.status < 300) return done(answer as T)
      const { code = 'unknown', message = `the server answered with status ${request.status}` } =
        (answer as { error?: { code?: string; message?: string } } | undefined)?.error ?? {}
      failed(new ApiError(request.status, code, message))
    }
    request.onerror = () => failed(new ApiError(0, 'offline', 'the connection broke off; send it again'))
    request.onabort = () => failed(new ApiError(0, 'aborted', 'the upload was stopped'))
    signal.addEventListener('abort', () => request.abort())
    request.send(body)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return
  }
}
