import type { Backend } from '../../lib/protocol/events'
import { runSteps } from '../../lib/stack/progress'
import { setUpTensorflow } from '../../lib/stack/tensorflow'

/** TensorFlow as `cellar start` has it; quick once it is there. */
export async function prepareTensorflow(root: string): Promise<Backend> {
  let backend: Backend = { name: 'wasm' }
  await runSteps([
    {
      label: 'TensorFlow',
      run: async (report) => {
        backend = await setUpTensorflow(root, report)
      },
    },
  ])
  return backend
}
