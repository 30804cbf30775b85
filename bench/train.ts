import { openNotebook, type Person } from './client'
import { type Figure, quantile } from './kit'
import { type PeerProcess, pythonWith, startPeer } from './peers/process'
import { epochs, keras, losses, net } from './train/net'

/** tfjs-node as its package has it, in a Node of its own. */
const shipped = `
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
const require = createRequire(process.cwd() + '/')
require('node:util').isNullOrUndefined ??= (value) => value === null || value === undefined
const tf = require('@tensorflow/tfjs-node')
${net}
await model.fit(x, y, { epochs: 1, batchSize: 128, verbose: 0 })
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'losses') { ${losses}; console.log(text) }
  else { ${epochs}; console.log(took) }
}
`

/**
 * A small net trained in a notebook, by tfjs-node as shipped, and by Keras in graph mode where there is one: in turns,
 * so that a busy moment meets all of them. Medians.
 */
export async function training(person: Person, times = 7): Promise<Figure[]> {
  const python = pythonWith('keras')
  const peers: Record<string, PeerProcess> = {
    'tfjs-node as shipped': startPeer(process.execPath, ['--input-type=module', '-e', shipped]),
    ...(python && { 'Keras, graph mode': startPeer(python, ['-c', keras]) }),
  }
  const notebook = await openNotebook(person)
  try {
    const run = async (cell: string) => {
      const { state, outputs } = await notebook.execute(cell, 120_000)
      const output = outputs.at(-1)
      if (state !== 'done' || output?.output_type !== 'execute_result')
        throw new Error(`the cell did not end well: ${JSON.stringify(outputs).slice(0, 300)}`)
      return String(output.data['text/plain'])
    }
    await run(
      await notebook.addCell(
        `import * as tf from '@tensorflow/tfjs-node'\n${net}\nawait model.fit(x, y, { epochs: 1, batchSize: 128 })\n0`,
      ),
    )
    const trains = await notebook.addCell(`${epochs}\ntook`)
    const learns = await notebook.addCell(`${losses}\ntext`)
    const numbers = (text: string) => text.replaceAll("'", '').split(' ').map(Number)
    const ours = numbers(await run(learns))
    const theirs = numbers(await peers['tfjs-node as shipped']!.ask('losses'))
    const apart = Math.max(...ours.map((loss, step) => Math.abs(loss - theirs[step]!)))

    const took: Record<string, number[]> = { ours: [] }
    for (const name in peers) took[name] = []
    for (let i = 0; i < times; i++) {
      took.ours!.push(Number(await run(trains)))
      for (const [name, peer] of Object.entries(peers)) took[name]!.push(Number(await peer.ask()))
    }
    const median = (name: string) => quantile(took[name]!, 0.5)
    return [
      {
        name: `three epochs of a small CNN${python ? '' : ' (no Keras: tests/compat makes its environment)'}`,
        value: median('ours'),
        unit: 'ms',
        peers: Object.fromEntries(Object.keys(peers).map((name) => [name, median(name)])),
      },
      {
        name: 'times as fast as tfjs-node as shipped',
        value: median('tfjs-node as shipped') / median('ours'),
        unit: '',
        bar: { atLeast: 1.6 },
      },
      { name: 'its losses apart, in 1e-4, of 50 steps', value: apart / 1e-4, unit: '', bar: { atMost: 1 } },
    ]
  } finally {
    for (const peer of Object.values(peers)) peer.close()
    await notebook.ask('kernel.stop', {})
    notebook.close()
  }
}
