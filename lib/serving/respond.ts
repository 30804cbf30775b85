import type { ServerResponse } from 'node:http'
import { sendError, sendJson } from './answer'
import { apiForm } from './forms/api'
import type { AnyForm, Text } from './forms/form'
import { newRequestId } from './request-id'

type Told = { warn: (message: string, error?: unknown) => void }

/**
 * Answers with what `make` gives, nothing where it gives nothing, and a refusal in the form's own words. Never rejects: an
 * error that is no refusal is told, and its text stays here.
 */
export async function respond(
  { warn }: Told,
  response: ServerResponse,
  make: (requestId: string) => Promise<Text | undefined>,
  form: AnyForm = apiForm,
) {
  const requestId = newRequestId()
  try {
    const text = await make(requestId)
    if (text) sendJson(response, requestId, text.status ?? 200, text.body, text.headers)
  } catch (error) {
    if (sendError(response, requestId, error, form.refuse) !== error)
      warn(`request ${requestId} failed`, error)
  }
}
