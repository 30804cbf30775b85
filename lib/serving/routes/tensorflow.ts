import { isVersionStatus } from '../../protocol/version-status'
import { tensorflowForm, tensorflowMetadata, tensorflowStatus } from '../forms/tensorflow'
import { predict } from '../predict'
import type { Selector } from '../versions'
import { describe } from './describe'
import { badStatus, methodOf, noPath, notAllowed, type Route, refuse } from './route'

const form = tensorflowForm

/** `/v1/models/<name>[/versions/<version>|/labels/<status>][:predict|/metadata]`: TensorFlow Serving and KServe's version 1. */
export const answerTensorflow: Route['answer'] = (context, { path }, request, response) => {
  const [last = '', ...before] = path.toReversed()
  const [plain, verb] = cut(last)
  const parts = [...before.toReversed(), plain]
  const metadata = verb === undefined && parts.length > 1 && parts.at(-1) === 'metadata'
  const [name, kind, which, ...more] = metadata ? parts.slice(0, -1) : parts
  if (name && kind === 'labels' && which && more.length === 0 && !isVersionStatus(which))
    return refuse(response, badStatus(which), form)
  const selector = selectorOf(kind, which)
  if (!name || more.length > 0 || !selector || (verb !== undefined && verb !== 'predict'))
    return refuse(response, noPath(`/v1/models/${path.join('/')}`), form)
  if (verb === 'predict') {
    if (request.method !== 'POST') return refuse(response, notAllowed('POST', request.method), form)
    return void predict(context, { endpoint: name, selector, form }, request, response)
  }
  if (methodOf(request) !== 'GET') return refuse(response, notAllowed('GET', request.method), form)
  void describe(context, { name, selector, form }, request, response, ({ serving, versions }) =>
    metadata
      ? tensorflowMetadata(name, serving)
      : tensorflowStatus(name, kind === undefined ? versions : [serving.version]),
  )
}

/** Name and verb of `iris:predict`. */
function cut(text: string): [string, string | undefined] {
  const at = text.lastIndexOf(':')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function selectorOf(kind: string | undefined, which: string | undefined): Selector | undefined {
  if (kind === undefined) return {}
  if (kind === 'versions' && which) return { version: which }
  if (kind !== 'labels' || !which) return undefined
  return isVersionStatus(which) ? { status: which } : undefined
}
