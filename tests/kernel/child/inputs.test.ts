import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InputOutput } from '../../../lib/protocol/inputs'
import { mime } from '../../../lib/protocol/mime'
import { type Ended, startKernel, type TestKernel } from '../../support/kernel'

let kernel: TestKernel
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cellar-inputs-'))
  kernel = await startKernel({ cwd: folder })
  await kernel.run(
    "import { input } from 'cellar'\nimport * as cellar from 'cellar'\nimport * as aq from 'arquero'",
  )
})
afterAll(async () => {
  await kernel.close()
  rmSync(folder, { recursive: true })
})

const shown = ({ displays, error }: Ended) => {
  expect(error).toBeUndefined()
  return displays.map((data) => data[mime.input] as InputOutput)
}
let stamps = 0
/** Moves an input as a page does, and resolves with what the kernel then shows of it. */
async function move(cellId: string, { name, definition }: InputOutput, value: InputOutput['value']) {
  const stamp = `test.${++stamps}`
  kernel.send({ type: 'inputs', changes: [{ cellId, name, definition, value, stamp }] })
  const message = await kernel.messageThat(
    (message) =>
      message.type === 'display' && (message.data[mime.input] as InputOutput | undefined)?.stamp === stamp,
  )
  return ((message as { data: Record<string, unknown> }).data[mime.input] as InputOutput).value
}

test.each<
  [string, string, string, InputOutput['control'], InputOutput['value'], InputOutput['value'], string]
>([
  [
    'a slider is a number',
    'input.slider({ min: 1, max: 10, value: 3 })',
    '3',
    { kind: 'slider', min: 1, max: 10, step: 1 },
    3,
    7,
    '7',
  ],
  [
    'a slider of fractions has a hundred steps, and begins with its min',
    'input.slider({ min: 0.5, max: 1 })',
    '0.5',
    { kind: 'slider', min: 0.5, max: 1, step: 0.005 },
    0.5,
    0.75,
    '0.75',
  ],
  [
    'a slider from 0 to 1 has a hundred steps',
    'input.slider({ max: 1, value: 1 })',
    '1',
    { kind: 'slider', min: 0, max: 1, step: 0.01 },
    1,
    0.25,
    '0.25',
  ],
  [
    'a number begins within its bounds',
    'input.number({ min: 2, step: 2 })',
    '2',
    { kind: 'number', min: 2, step: 2 },
    2,
    8,
    '8',
  ],
  [
    'a text is a string',
    "input.text({ value: 'a', placeholder: 'word' })",
    "'a'",
    { kind: 'text', multiline: false, placeholder: 'word' },
    'a',
    'b\n',
    "'b\\n'",
  ],
  [
    'a select gives the option itself',
    'input.select({ options: [10, 20, 30], value: 20 })',
    '20',
    { kind: 'select', options: ['10', '20', '30'], multiple: false },
    1,
    2,
    '30',
  ],
  [
    'a select with labels gives their values',
    'input.select({ options: { small: { n: 1 }, large: { n: 9 } } })',
    '{ n: 1 }',
    { kind: 'select', options: ['small', 'large'], multiple: false },
    0,
    1,
    '{ n: 9 }',
  ],
  [
    'a select of several gives an array',
    "input.select({ options: ['a', 'b', 'c'], multiple: true, value: ['c'] })",
    "[ 'c' ]",
    { kind: 'select', options: ['a', 'b', 'c'], multiple: true },
    [2],
    [0, 1],
    "[ 'a', 'b' ]",
  ],
  ['a checkbox is a boolean', 'input.checkbox()', 'false', { kind: 'checkbox' }, false, true, 'true'],
  [
    'a date is midnight UTC',
    "input.date({ value: '2026-01-31', max: '2026-12-31' })",
    '2026-01-31T00:00:00.000Z',
    { kind: 'date', max: '2026-12-31' },
    '2026-01-31',
    '2026-02-01',
    '2026-02-01T00:00:00.000Z',
  ],
  [
    'rows of an array are an array',
    "input.table({ data: [{ a: 1, b: 'x' }, { a: 2 }] })",
    '[]',
    {
      kind: 'table',
      rows: 2,
      columns: ['a', 'b'],
      head: [
        [1, 'x'],
        [2, null],
      ],
      multiple: true,
    },
    [],
    [1],
    '[ { a: 2 } ]',
  ],
  ['a button counts', "input.button({ label: 'Go' })", '0', { kind: 'button' }, 0, 1, '1'],
])('%s', async (sentence, source, first, control, value, sent, then) => {
  const cellId = `c${stamps}x`
  const [output] = shown(await kernel.run(`const v = ${source}`, cellId))
  expect({ ...output, definition: '' }).toEqual({
    name: 'v',
    label: source.includes('Go') ? 'Go' : 'v',
    definition: '',
    control,
    value,
  })
  expect(sentence && (await kernel.run('v', 'look')).text).toBe(first)
  expect(await move(cellId, output!, sent)).toEqual(sent)
  expect((await kernel.run('v', 'look')).text).toBe(then)
})

test('rows of a filtered arquero table are a table of those rows', async () => {
  const table = 'const t = aq.table({ a: [1, 2, 3, 4] }).filter((d) => d.a > 1)'
  const [output] = shown(await kernel.run(`${table}\nconst rows = input.table({ data: t })`, 'rows'))
  await move('rows', output!, [2, 0])
  expect((await kernel.run("rows.array('a')", 'look')).text).toBe('[ 2, 4 ]')
})

test.each<[string, string]>([
  ['the module as a whole', 'const v = cellar.input.checkbox()'],
  ['another name', "import { input as control } from 'cellar'\nconst v = control.checkbox()"],
  ['let and export', 'export let v = input.checkbox()'],
  ['several in one declaration', 'const u = 1, v = input.checkbox()'],
])('an input finds its variable through %s', async (_, source) => {
  expect(shown(await kernel.run(source, 'found')).map(({ name }) => name)).toEqual(['v'])
})

test.each<[string, string]>([
  ['an expression', 'input.slider()'],
  ['a part of a value', 'const v = [input.slider()]'],
  ['in a function', 'const f = () => input.slider()\nconst v = f()'],
])('an input that is no variable says how to write it: %s', async (_, source) => {
  const { error } = await kernel.run(source, 'refused')
  expect(error?.evalue).toBe(
    'an input is the whole value of a variable at the top of its cell; write const name = input.slider(…)',
  )
})

test.each<[string, string]>([
  ['input.slider({ min: 3, max: 3 })', "a slider's min must be below its max: 3, 3"],
  ["input.slider({ value: '3' as never })", 'input.slider needs a number as value: 3'],
  ['input.slider({ step: 0 })', "a slider's step must be above 0: 0"],
  ['input.number({ min: 3, max: 2 })', "a number's min must not be above its max: 3, 2"],
  ["input.date({ value: 'soon' })", 'input.date needs a day, as 2026-01-31: soon'],
  ['input.select({ options: [] })', 'input.select needs at least one option'],
  ["input.select({ options: ['a'], value: 'b' as never })", 'the value is none of the options: b'],
  [
    'input.table({ data: 3 as never })',
    'input.table needs an arquero table or an array of records as data: number',
  ],
])('%s is refused by a sentence', async (source, message) => {
  expect((await kernel.run(`const v = ${source}`, 'refused')).error?.evalue).toBe(message)
})

test('a file comes in parts, and is the value once it was set', async () => {
  const [output] = shown(await kernel.run("const f = input.file({ accept: '.csv' })", 'file'))
  expect([output!.control, output!.value]).toEqual([{ kind: 'file', multiple: false, accept: '.csv' }, []])
  const part = (text: string, offset: number, last: boolean, file = 'a b.csv') => {
    const of = { cellId: 'file', name: 'f', definition: output!.definition }
    const params = { ...of, file, offset, data: Buffer.from(text).toString('base64'), last }
    return kernel.ask({ type: 'ask', method: 'input.upload', params })
  }
  await part('a given-up one', 0, false)
  await part('n\n', 0, false)
  await expect(part('3\n', 1, true)).rejects.toThrow(
    'a part of the file is missing; choose it again: a b.csv',
  )
  const uploaded = await part('7\n', 2, true)
  expect(uploaded).toEqual({ path: 'uploads/a b.csv', size: 4 })
  expect((await kernel.run('f', 'look')).text).toBe(undefined)
  await move('file', output!, [uploaded as { path: string; size: number }])
  const { text } = await kernel.run(
    '[f!.name, f!.path, f!.size, await f!.text(), (await f!.bytes()).length]',
    'look',
  )
  expect(text).toBe("[ 'a b.csv', 'uploads/a b.csv', 4, 'n\\n7\\n', 4 ]")
  for (const name of ['../out', '/etc/passwd', '.hidden', 'a\\b', 'a\0b'])
    await expect(part('x', 0, true, name)).rejects.toThrow('not a file name that can be kept')
  await expect(part('x', 500_000_000, true)).rejects.toThrow('larger than 500 MB')
  await kernel.run('const f = input.checkbox()', 'file')
  await expect(part('x', 0, true)).rejects.toThrow('the input is not there any more; run its cell: f')
})

test('several files are an array; what is no file of the folder is refused', async () => {
  const [output] = shown(await kernel.run('const fs = input.file({ multiple: true })', 'files'))
  for (const path of ['../secret', '/etc/passwd', ''])
    expect(await move('files', output!, [{ path, size: 1 }])).toEqual([])
  const two = ['a', 'b'].map((path) => ({ path, size: 1 }))
  expect(await move('files', output!, two)).toEqual(two)
  expect((await kernel.run('fs.map(({ name }) => name)', 'look')).text).toBe("[ 'a', 'b' ]")
})

test('a rerun keeps what was set, and another definition begins anew', async () => {
  const source = 'const n = input.slider({ min: 0, max: 9, value: 1 })'
  const [output] = shown(await kernel.run(source, 'kept'))
  await move('kept', output!, 5)
  expect(shown(await kernel.run(`// again\n${source}`, 'kept'))[0]!.value).toBe(5)
  expect(shown(await kernel.run(source.replace('value: 1', 'value: 2'), 'kept'))[0]!.value).toBe(2)
})

test('what is no value of the control leaves the variable as it is, and the page is told', async () => {
  const [output] = shown(await kernel.run('const n = input.slider({ min: 0, max: 9, value: 1 })', 'odd'))
  expect(await move('odd', output!, 'many')).toBe(1)
  expect(await move('odd', output!, 99)).toBe(9)
})

test('while a cell runs its names stay; the newest of the moves counts from its end on', async () => {
  const [output] = shown(await kernel.run('const n = input.slider({ min: 0, max: 9, value: 1 })', 'held'))
  const { definition } = output!
  const stampsSeen = () =>
    kernel.messages.flatMap((message) => {
      const stamp = message.type === 'display' && (message.data[mime.input] as InputOutput | undefined)?.stamp
      return typeof stamp === 'string' && stamp.startsWith('held.') ? [stamp] : []
    })
  const { n, ended } = kernel.start('await new Promise(() => {})', 'reader')
  for (const value of [2, 3, 4]) {
    const change = { cellId: 'held', name: 'n', definition, value, stamp: `held.${value}` }
    kernel.send({ type: 'inputs', changes: [change] })
  }
  // Answered after what was sent before it.
  await kernel.ask({ type: 'ask', method: 'candidates', params: { cellId: 'held' } })
  expect(stampsSeen()).toEqual([])
  await kernel.interrupt(n)
  await ended
  expect((await kernel.run('n', 'look')).text).toBe('4')
  expect(stampsSeen()).toEqual(['held.4'])
})

test('a kernel that follows another shows what was set in it', async () => {
  const source = 'const n = input.slider({ min: 0, max: 9, value: 1 })'
  const [{ definition }] = shown(await kernel.run(source, 'old')) as [InputOutput]
  kernel.send({
    type: 'inputs',
    changes: [{ cellId: 'new', name: 'n', definition, value: 8, stamp: 'earlier.1' }],
  })
  expect(shown(await kernel.run(source, 'new'))[0]!.value).toBe(8)
})
