import type { Answer } from '../../lib/protocol/hosts'

/** Answers a socket's message with what `act` gives, or with why it was refused. */
export async function answerOf<T extends object>(
  reply: ((answer: Answer<T>) => void) | undefined,
  act: () => Promise<T> | T,
) {
  const send = typeof reply === 'function' ? reply : () => {}
  try {
    send({ ok: true, ...(await act()) })
  } catch (error) {
    send({ ok: false, error: errorOf(error) })
  }
}

/** Refusals have a code, in the words of whoever refused; all else is told here and not there. */
function errorOf(error: unknown): { code: string; message: string } {
  const { code, status, message } = (error ?? {}) as { code?: unknown; status?: unknown; message?: string }
  if (error instanceof Error && typeof code === 'string' && typeof status === 'number')
    return { code, message: message ?? code }
  console.error('a message failed:', error)
  return { code: 'internal', message: 'something went wrong here; try again' }
}
