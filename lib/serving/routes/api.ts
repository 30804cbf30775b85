import { describeEndpoint, listEndpoints } from '../describe'
import { apiForm } from '../forms/api'
import { wantsAsync } from '../jobs/async-request'
import { submitRequest } from '../jobs/submit'
import { predict } from '../predict'
import { publish, publishWorkspace } from '../publish'
import { receiveFeedback } from '../receive-feedback'
import type { Refusal } from '../refusal'
import { answerDatasets, answerUploads } from './datasets'
import { answerJobs } from './jobs'
import { methodOf, noPath, notAllowed, type Route, refuse, selectorOf } from './route'
import { answerTrainings } from './trainings'
import { answerVersions } from './versions'

/** `/api/v1/datasets`, `uploads`, `trainings`, `endpoints`, below it what is done with versions, and of an endpoint: itself, `predict?status=&version=&async=`, `jobs`, `feedback`, `openapi.json`, `client.ts`. */
export const answerApi: Route['answer'] = (context, { path, query }, request, response) => {
  const [endpoint, verb, ...more] = path
  const method = methodOf(request)
  if (endpoint === 'trainings')
    return answerTrainings(context, { path: path.slice(1), query }, request, response)
  if (endpoint === 'datasets')
    return answerDatasets(context, { path: path.slice(1), query }, request, response)
  if (endpoint === 'uploads') return answerUploads(context, { path: path.slice(1), query }, request, response)
  if (endpoint === 'endpoints' && verb !== undefined)
    return answerVersions(context, { path: path.slice(1), query }, request, response)
  if (verb === 'predict' && more.length === 0) {
    if (method !== 'POST') return refuse(response, notAllowed('POST', request.method), apiForm)
    try {
      const asked = { endpoint: endpoint!, selector: selectorOf(query), form: apiForm }
      if (wantsAsync(request, query)) return void submitRequest(context, asked, query, request, response)
      return void predict(context, asked, request, response)
    } catch (error) {
      return refuse(response, error as Refusal, apiForm)
    }
  }
  if (endpoint && verb === 'jobs')
    return answerJobs(context, endpoint, { path: more, query }, request, response)
  const [id, feedback] = more
  const single = verb === 'requests' && feedback === 'feedback' && more.length === 2
  if (endpoint && (single || (verb === 'feedback' && more.length === 0))) {
    if (method !== 'POST') return refuse(response, notAllowed('POST', request.method), apiForm)
    return void receiveFeedback(context, endpoint, single ? id : undefined, request, response)
  }
  if (endpoint && (verb === 'openapi.json' || verb === 'client.ts') && more.length === 0) {
    if (method !== 'GET') return refuse(response, notAllowed('GET', request.method), apiForm)
    return void publish(context, endpoint, verb, request, response)
  }
  if (verb !== undefined || !endpoint) return refuse(response, noPath(`/api/v1/${path.join('/')}`), apiForm)
  if (method !== 'GET') return refuse(response, notAllowed('GET', request.method), apiForm)
  if (endpoint === 'endpoints') return void listEndpoints(context, request, response)
  if (endpoint === 'openapi.json') return void publishWorkspace(context, request, response)
  void describeEndpoint(context, endpoint, request, response)
}
