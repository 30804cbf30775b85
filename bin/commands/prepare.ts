import { findRoot } from '../../lib/config'
import { buildPages } from '../../lib/stack/next-build'
import { runSteps } from '../../lib/stack/progress'
import { setUpTensorflow } from '../../lib/stack/tensorflow'

/** Makes all that needs neither servers nor a configuration, for an image: TensorFlow and the pages. */
export async function prepare(): Promise<number> {
  const root = findRoot()
  let missing: string | undefined
  await runSteps([
    {
      label: 'TensorFlow',
      run: async (report) => {
        const found = await setUpTensorflow(root, report)
        if (found.name === 'wasm') missing = found.reason
      },
    },
    { label: 'Pages', run: (report) => buildPages(root, report) },
  ])
  // What is asked for by CELLAR_TF=wasm is no failure.
  if (missing && process.env.CELLAR_TF !== 'wasm') {
    console.error(`native TensorFlow could not be made: ${missing}`)
    return 1
  }
  return 0
}
