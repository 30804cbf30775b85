import { useEffect, useState } from 'react'
import type { Upload } from 'tus-js-client'

/** Parts of this size: so much is sent again at most where a proxy cuts connections. */
const partBytes = 32 * 2 ** 20

export type Progress = { sent: number; total: number; perSecond: number; paused: boolean }

type Ends = { onSent: (id: string) => void; onFailed: (message: string) => void }

/** Sends a file while mounted, and goes on where it stopped: after a break by itself, after a reload with the same file. */
export function useUpload(file: File, { onSent, onFailed }: Ends) {
  const [progress, setProgress] = useState<Progress>({
    sent: 0,
    total: file.size,
    perSecond: 0,
    paused: false,
  })
  const [upload, setUpload] = useState<Upload>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: an upload begins once for its file, whoever hears of its end
  useEffect(() => {
    let ended = false
    let begun: Upload | undefined
    void import('tus-js-client').then(async ({ Upload }) => {
      if (ended) return
      let first: { at: number; sent: number } | undefined
      const sending = new Upload(file, {
        endpoint: '/api/dataset-uploads',
        chunkSize: partBytes,
        retryDelays: [0, 1000, 3000, 5000, 10_000, 20_000],
        metadata: { filename: file.name },
        removeFingerprintOnSuccess: true,
        onProgress(sent, total) {
          // What an earlier attempt has sent is no part of the rate.
          first ??= { at: performance.now(), sent }
          const seconds = (performance.now() - first.at) / 1000
          const perSecond = seconds > 0.2 ? (sent - first.sent) / seconds : 0
          setProgress({ sent, total: total ?? file.size, perSecond, paused: false })
        },
        onSuccess() {
          if (!ended) onSent(sending.url!.split('/').at(-1)!)
        },
        onError(error) {
          if (!ended) onFailed(reasonOf(error))
        },
      })
      begun = sending
      const [earlier] = await sending.findPreviousUploads()
      if (ended) return
      if (earlier) sending.resumeFromPreviousUpload(earlier)
      setUpload(sending)
      sending.start()
    })
    return () => {
      ended = true
      void begun?.abort()
    }
  }, [file])
  return {
    progress,
    pause() {
      void upload?.abort()
      setProgress((now) => ({ ...now, paused: true }))
    },
    resume() {
      setProgress((now) => ({ ...now, paused: false }))
      upload?.start()
    },
    /** Gives it up: what has come is removed. */
    stop: () => upload?.abort(true).catch(() => {}),
  }
}

function reasonOf(error: Error): string {
  const response = (error as { originalResponse?: { getStatus(): number; getBody(): string } | null })
    .originalResponse
  if (!response)
    return 'the connection broke off; choose the same file again, and it goes on where it stopped'
  if (response.getStatus() === 413) return 'the file is larger than this installation takes'
  try {
    return JSON.parse(response.getBody()).error.message
  } catch {
    return `the server answered with status ${response.getStatus()}`
  }
}
