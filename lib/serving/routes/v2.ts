import { v2Form, v2Metadata } from '../forms/v2'
import { predict } from '../predict'
import { describe, sendText } from './describe'
import { methodOf, noPath, notAllowed, type Route, refuse } from './route'

/** `/v2/…`: the Open Inference Protocol's health, metadata and infer. A model is an endpoint of the key's workspace. */
export const answerV2: Route['answer'] = (context, { path }, request, response) => {
  const [models, name, ...rest] = path
  const get = methodOf(request) === 'GET'
  const gets = (act: () => void) =>
    get ? act() : refuse(response, notAllowed('GET', request.method), v2Form)
  if (models === undefined)
    return gets(() =>
      sendText(response, { name: 'cellar', version: '2', extensions: ['binary_tensor_data'] }),
    )
  // Some clients look for `ready`, some for `live`, some only at the status.
  if (models === 'health' && (name === 'live' || name === 'ready') && rest.length === 0)
    return gets(() => sendText(response, { live: true, ready: true }))
  const versioned = rest[0] === 'versions' && rest[1] !== undefined
  const selector = versioned ? { version: rest[1]! } : {}
  const [verb, ...more] = versioned ? rest.slice(2) : rest
  if (models !== 'models' || name === undefined || more.length > 0)
    return refuse(response, noPath(`/v2/${path.join('/')}`), v2Form)
  if (verb === 'infer') {
    if (request.method !== 'POST') return refuse(response, notAllowed('POST', request.method), v2Form)
    return void predict(context, { endpoint: name, selector, form: v2Form }, request, response)
  }
  if (verb === 'ready')
    return gets(() =>
      describe(context, { name, selector, form: v2Form }, request, response, () => ({ name, ready: true })),
    )
  if (verb !== undefined) return refuse(response, noPath(`/v2/${path.join('/')}`), v2Form)
  gets(() =>
    describe(context, { name, selector, form: v2Form }, request, response, ({ serving, versions }) =>
      v2Metadata(name, versioned ? [serving.version] : versions, serving),
    ),
  )
}
