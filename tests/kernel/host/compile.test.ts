import { expect, test } from 'vitest'
import { createCompiler } from '../../../kernel/host/compile'

const names = ({ known, consts }: { known: string[]; consts: string[] }) => [known, consts]

test('a cell is compiled against what the others define, and its own names go with its rerun', () => {
  const compiler = createCompiler()
  compiler.compile('a', 'const x = 1\nlet y = 2')
  const before = compiler.compile('b', 'x + y').cell
  const rerun = compiler.compile('a', 'let x = 3').cell
  const after = compiler.compile('b', 'x').cell
  compiler.forget('a')
  const forgotten = compiler.compile('b', '1').cell
  expect([before, rerun, after, forgotten].map(names)).toEqual([
    [['x', 'y'], ['x']],
    [[], []],
    [['x'], []],
    [[], []],
  ])
})

test('a cell that cannot be compiled keeps what it had defined', () => {
  const compiler = createCompiler()
  compiler.compile('a', 'const x = 1')
  expect(() => compiler.compile('a', 'const x = ')).toThrow()
  expect(names(compiler.compile('b', 'x').cell)).toEqual([['x'], ['x']])
})

test('a cell that runs again as it was is not transformed again; one whose surroundings changed is', () => {
  const compiler = createCompiler()
  const first = compiler.compile('a', 'x + 1').cell
  expect(compiler.compile('a', 'x + 1').cell).toBe(first)
  compiler.compile('b', 'const x = 1')
  expect(compiler.compile('a', 'x + 1').cell).toEqual({ ...first, known: ['x'], consts: ['x'] })
})
