import { mlflowForm } from '../forms/mlflow'
import { predict } from '../predict'
import { sendText } from './describe'
import { methodOf, noPath, notAllowed, type Route, refuse } from './route'

/** The protocol's version that MLflow's own server answers at `/version`. */
const mlflowVersion = '3.17.2'

/** `/mlflow/<endpoint>/…`: invocations, ping, health and version, as an MLflow scoring server has at its root. */
export const answerMlflow: Route['answer'] = (context, { path }, request, response) => {
  const [endpoint, verb, ...more] = path
  if (!endpoint || verb === undefined || more.length > 0)
    return refuse(response, noPath(`/mlflow/${path.join('/')}`), mlflowForm)
  if (verb === 'invocations') {
    if (request.method !== 'POST') return refuse(response, notAllowed('POST', request.method), mlflowForm)
    return void predict(context, { endpoint, selector: {}, form: mlflowForm }, request, response)
  }
  if (methodOf(request) !== 'GET') return refuse(response, notAllowed('GET', request.method), mlflowForm)
  if (verb === 'ping' || verb === 'health') return sendText(response, '\n')
  if (verb === 'version') return sendText(response, mlflowVersion)
  refuse(response, noPath(`/mlflow/${path.join('/')}`), mlflowForm)
}
