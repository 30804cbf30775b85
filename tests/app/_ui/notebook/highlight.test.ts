import { expect, test } from 'vitest'
import { highlight } from '../../../../app/_ui/notebook/highlight'

const coloured = (source: string) =>
  highlight(source)
    .filter(({ kind }) => kind !== 'plain')
    .map(({ kind, text }) => `${kind} ${text}`)

test('TypeScript is told apart as the editor tells it apart', () => {
  expect(coloured("const a: Map<string> = await f('x', 1_000.5e3) // end")).toEqual([
    'keyword const',
    'type Map',
    'keyword string',
    'keyword await',
    "string 'x'",
    'number 1_000.5e3',
    'comment // end',
  ])
})

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: sources of the language
test('what stands in a template is code again, at any depth', () => {
  expect(coloured('`a ${b + `c ${new D({})} e`} f`; let g')).toEqual([
    'string `a ',
    'string `c ',
    'keyword new',
    'type D',
    'string  e`',
    'string  f`',
    'keyword let',
  ])
})

test('a division is no regular expression', () => {
  expect(coloured('a / b / c; x = /[/]"/g')).toEqual(['regexp /[/]"/g'])
})

test('pieces joined are the source, also of unfinished code', () => {
  const sources = ['`open ${', '"half', '/* open', 'a`b${c}`d', '}`${}`{', "'\\", 'const é = "ü" // ok\n']
  expect(
    sources.map((source) =>
      highlight(source)
        .map(({ text }) => text)
        .join(''),
    ),
  ).toEqual(sources)
})
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: sources of the language
