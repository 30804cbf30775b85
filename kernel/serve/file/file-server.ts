import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { BundleManifest } from '../../../lib/registry/bundle-file'
import { describeEndpoint } from '../../../lib/serving/describe'
import { apiForm } from '../../../lib/serving/forms/api'
import { type PredictContext, predict } from '../../../lib/serving/predict'
import { sendText } from '../../../lib/serving/routes/describe'
import { answerMlflow } from '../../../lib/serving/routes/mlflow'
import { methodOf, noPath, notAllowed, partsOf, refuse } from '../../../lib/serving/routes/route'
import { answerTensorflow } from '../../../lib/serving/routes/tensorflow'
import { answerV2 } from '../../../lib/serving/routes/v2'
import type { FileContext } from './file-context'

/**
 * A bundle's version at a port of its own: `/predict`, `/health`, `/` (what it expects), the Open Inference Protocol
 * below `/v2`, TensorFlow Serving's below `/v1/models`, and MLflow's paths, all as the gateway answers them.
 */
export function createFileServer({ endpoint, version }: BundleManifest, context: FileContext): Server {
  // The routes below ask neither the database nor the files of batches.
  const whole = context as PredictContext
  const asked = { endpoint, selector: {}, form: apiForm }

  return createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = request.url ?? '/'
    const path = url.split('?')[0]!
    const gets = (act: () => void) =>
      methodOf(request) === 'GET' ? act() : refuse(response, notAllowed('GET', request.method), apiForm)
    if (path === '/predict') {
      if (request.method !== 'POST') return refuse(response, notAllowed('POST', request.method), apiForm)
      return void predict(whole, asked, request, response)
    }
    if (path === '/health') return gets(() => sendText(response, { status: 'ok', endpoint, version }))
    if (path === '/') return gets(() => void describeEndpoint(whole, endpoint, request, response))
    if (path === '/v2' || path.startsWith('/v2/'))
      return answerV2(whole, partsOf(url, '/v2'), request, response)
    if (path.startsWith('/v1/models/'))
      return answerTensorflow(whole, partsOf(url, '/v1/models/'), request, response)
    if (mlflowPaths.has(path))
      return answerMlflow(whole, partsOf(`/${endpoint}${url}`, '/'), request, response)
    refuse(response, noPath(path), apiForm)
  })
}

const mlflowPaths = new Set(['/invocations', '/ping', '/version'])
