import { openNotebook, type Person } from './client'

/** Runs a cell that promotes something, in a notebook of its own whose kernel ends with it. */
export async function promoteCell(person: Person, cell: string) {
  const notebook = await openNotebook(person)
  const state = await notebook.execute(await notebook.addCell(cell), 120_000)
  await notebook.ask('kernel.stop', {})
  notebook.close()
  const error = state.outputs.find((output) => output.output_type === 'error')
  if (error) throw new Error(`the model was not promoted: ${JSON.stringify(error).slice(0, 500)}`)
}

/** A new API key. */
export async function newToken(person: Person): Promise<string> {
  const created = await person.request('/api/tokens', person.json({ name: 'bench' }))
  return ((await created.json()) as { token: string }).token
}
