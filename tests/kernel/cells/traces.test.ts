import vm from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startKernel, type TestKernel } from '../../support/kernel'

/** Plain JavaScript, run natively and as a cell: every frame's line and column must agree. */
const snippets: [sentence: string, code: string][] = [
  ['a throw at the top', `const a = 1;\n\nthrow new Error('x')`],
  [
    'nested calls',
    `function one(n) {\n  return two(n) + 1;\n}\nfunction two(n) {\n  if (n) { const q = n.a.b; return q }\n  return 0;\n}\n\nconst r = one(0) +   one({});`,
  ],
  ['undefined is not a function', `const o = {};\n\n  o.foo.bar(1);`],
  ['not a function', `const f = 3;\n  1 + f(2);`],
  ['an undefined name', `const a = 1; const b = a + nope;`],
  ['a call of an undefined name', `let z = 1;\n   nope(z);`],
  ['after an await', `await null;\nconst q = JSON.parse('{');`],
  ['an arrow in map', `const xs = [1, 2];\nconst ys = xs.map((x) => {\n  return x.y.z;\n});`],
  ['a class method', `class K {\n  #v = null;\n  go() { return this.#v.x }\n}\nnew K().go();`],
  ['an async function', `async function f() {\n  await 1;\n  throw new TypeError('late');\n}\n\nawait f();`],
  ['a template literal', `const o = null; const s = \`a\n\${o.x}\`;`],
  ['a destructuring', `const o = null;\nconst { a, b } = o;`],
  [
    'a long line',
    `const v = [1, 2, 3].map(x => x * 2).filter(x => x > 2).map(x => ({ x, y: x.a.b.c })).length;`,
  ],
  [
    'a callback that comes later',
    `await new Promise((_, reject) => setTimeout(() => { try { undefined.x } catch (e) { reject(e) } }, 1));`,
  ],
  ['a spread of what cannot be', `const n = 3;\nMath.max(...n);`],
  ['after wide characters', `const s = '日本😀'; const t = '😀'; null.x;`],
  ['a new of no constructor', `const n = 3;\nconst k = new n();`],
]

let kernel: TestKernel
beforeAll(async () => {
  kernel = await startKernel()
})
afterAll(() => kernel.close())

const places = (lines: string[], pattern: RegExp) =>
  lines.flatMap((line) => {
    const found = pattern.exec(line)
    return found ? [`${found[1]}:${found[2]}`] : []
  })

async function nativePlaces(code: string) {
  const run = vm.runInThisContext(`(async () => {"use strict";\n${code}\n})`, {
    filename: 'native.js',
    lineOffset: -1,
  })
  try {
    await run()
  } catch (error) {
    return places((error as Error).stack!.split('\n'), /native\.js:(\d+):(\d+)/)
  }
  throw new Error('the snippet does not throw')
}

test.each(snippets)('%s has the same lines and columns as natively', async (_, code) => {
  const { error } = await kernel.run(code, '7')
  const expected = await nativePlaces(code)
  expect(places(error!.traceback, /cell-7\.ts:(\d+):(\d+)/)).toEqual(expected)
  expect(error!.frames.map(({ cellId, line, column }) => [cellId, `${line}:${column}`])).toEqual(
    expected.map((place) => ['7', place]),
  )
})

test('an assignment to a constant points at the name', async () => {
  const { error } = await kernel.run('const c = 1;\n  c = 2;', '8')
  expect(error!.frames.map(({ line }) => line)).toEqual([2])
  expect(error!.evalue).toBe('Assignment to constant variable.')
})

test('types before an error move nothing', async () => {
  const source = `interface Wide {\n  a: number\n}\ntype T = Wide &\n  { b: string }\nfunction f<X extends T>(x: X): never {\n  throw new RangeError('far' as string)\n}\nf({ a: 1, b: '' })`
  const { error } = await kernel.run(source, '9')
  expect(error).toEqual({
    ename: 'RangeError',
    evalue: 'far',
    traceback: ['RangeError: far', '    at f (cell-9.ts:7:9)', '    at cell-9.ts:9:1'],
    frames: [
      { cellId: '9', line: 7, column: 9, name: 'f' },
      { cellId: '9', line: 9, column: 1 },
    ],
  })
})

test('a trace names each cell that it goes through', async () => {
  await kernel.run('function thrower() {\n  throw new Error("deep")\n}', 'a')
  await kernel.run('const caller = () =>\n  thrower()', 'b')
  const { error } = await kernel.run('\n\ncaller()', 'c')
  expect(error!.traceback).toEqual([
    'Error: deep',
    '    at thrower (cell-a.ts:2:9)',
    '    at caller (cell-b.ts:2:3)',
    '    at cell-c.ts:3:1',
  ])
})

test('causes follow, each with its own trace', async () => {
  const { error } = await kernel.run(
    'try {\n  null.x\n} catch (cause) {\n  throw new Error("outer", { cause })\n}',
    'd',
  )
  expect(error!.traceback).toEqual([
    'Error: outer',
    '    at cell-d.ts:4:9',
    "  [cause]: TypeError: Cannot read properties of null (reading 'x')",
    '      at cell-d.ts:2:8',
  ])
})

test('what is thrown need not be an error', async () => {
  expect((await kernel.run('throw { code: 3 }', 'e')).error).toEqual({
    ename: 'Thrown',
    evalue: '{ code: 3 }',
    traceback: ['Thrown: { code: 3 }'],
    frames: [],
  })
})

test('an error that cannot be read is still an error', async () => {
  const { state, error } = await kernel.run(
    'throw new Proxy({}, { get() { throw 1 }, has() { throw 2 }, getPrototypeOf() { throw 3 } })',
    'f',
  )
  expect(state).toBe('failed')
  expect(error!.ename).not.toBe('')
})

test('a trace through a TypeScript file leads into the file', async () => {
  const inFolder = await startKernel({ cwd: new URL('./fixtures', import.meta.url).pathname })
  const { error } = await inFolder.run('import { fail } from "./throws"\nfail()', 'g')
  expect(error!.traceback).toEqual([
    'Error: from a file',
    '    at fail (throws.ts:4:9)',
    '    at cell-g.ts:2:1',
  ])
  await inFolder.close()
})

test('a function shows its text as typed', async () => {
  await kernel.run('const factor = 3; const scale = (n: number) => Math.round(n) * factor', 'h')
  expect((await kernel.run('String(scale)', 'i')).text).toBe("'(n) => Math.round(n) * factor'")
})
