import type { ModelReply, ModelRequest } from '../../../lib/protocol/serving'
import { createModel } from './model'

/**
 * The model child: one version's code in a process of its own. It speaks `ModelRequest` and `ModelReply` over Node IPC
 * with `advanced` serialization, and ends with its worker.
 */
const model = createModel()
// The person's code must not speak in the child's name.
const send = process.send!.bind(process)
process.send = undefined
process.on('disconnect', () => process.exit())
process.on('message', (request: ModelRequest) => {
  void model.answer(request).then((reply: ModelReply) => send(reply))
})
// A late callback of the person's code: the call that began it has its answer already.
process.on('uncaughtException', (error) => console.error(error))
process.on('unhandledRejection', (error) => console.error(error))
