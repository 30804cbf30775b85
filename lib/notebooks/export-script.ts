import MagicString from 'magic-string'
import type { Cell } from '../notebook/document'
import { executedText } from '../notebook/executed-text'
import { type TransformedCell, transformCell } from '../notebook/transform'
import { parse } from '../notebook/transform/syntax'
import { Refused } from '../refused'
import { documentForPlot, scriptShim, showFunction } from './script-shim'

type ScriptCell = Pick<Cell, 'id' | 'kind' | 'source' | 'result'>
type Code = { id: string; number: number; source: string; names: TransformedCell }

/**
 * A notebook as one TypeScript file that runs without Cellar, with `npx tsx` or a Node that takes types away. Text
 * becomes comments; cells stand in page order, one that is used before it stands above what uses it. Refused where a
 * notebook is no script: a cell cannot be read, a name is defined twice, cells use each other in a circle.
 */
export function formatScript(cells: ScriptCell[], title: string): string {
  const code = cells.flatMap((cell, index) =>
    cell.kind === 'markdown' ? [] : [{ ...read(cell, index + 1), id: cell.id, number: index + 1 }],
  )
  checkNames(code)
  const before = aboveUse(code)
  const found: Found = { imports: new Set(), needs: new Set(), used: new Set() }
  const blocks = cells.flatMap((cell, index) => {
    if (cell.kind === 'markdown') return [comment(cell.source)]
    return (before.get(cell.id) ?? []).map(({ source, number }) =>
      [`// cell ${number === index + 1 ? number : `${number}, which the next one uses`}`, body(source, found)]
        .filter(Boolean)
        .join('\n'),
    )
  })
  const shims = Object.entries(scriptShim).flatMap(([name, text]) => (found.used.has(name) ? [text] : []))
  const draws = found.needs.has('@observablehq/plot')
  found.imports.add("import { writeFileSync } from 'node:fs'")
  if (draws) {
    found.imports.add("import { parseHTML } from 'linkedom'")
    found.needs.add('linkedom')
  }
  const needs = [...found.needs].sort().join(' ')
  return [
    [
      `// ${title.replaceAll('\n', ' ')}`,
      '// Run it: npx tsx <this file>',
      needs && `// It needs: npm install ${needs}`,
    ]
      .filter(Boolean)
      .join('\n'),
    [...found.imports].join('\n'),
    [
      '// What Cellar gives to cells, as far as it can be had without it.',
      showFunction,
      ...(draws ? [documentForPlot] : []),
      ...shims,
    ].join('\n'),
    ...blocks,
    'export {}',
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n')
}

function read(cell: ScriptCell, number: number): Pick<Code, 'source' | 'names'> {
  const source = executedText(cell)
  try {
    return { source, names: transformCell(source, { id: String(number) }) }
  } catch (cause) {
    throw refuse(`cell ${number} cannot be read: ${(cause as Error).message}`)
  }
}

const refuse = (cause: string) => new Refused(422, 'not_a_script', cause)

/** Names that a cell makes itself; what it imports may be imported by others, too. */
function ownNames({ names }: Code): string[] {
  const imported = new Set(names.imports.flatMap(({ names }) => names.map(([local]) => local)))
  return [...names.defs.keys()].filter((name) => name !== 'default' && !imported.has(name))
}

function checkNames(code: Code[]) {
  const makers = new Map<string, number>()
  for (const cell of code)
    for (const name of ownNames(cell)) {
      const other = makers.get(name)
      if (other !== undefined)
        throw refuse(`cells ${other} and ${cell.number} both define a name, which a script can once: ${name}`)
      makers.set(name, cell.number)
    }
}

/** For each cell those that stand in its place, itself last: what it uses and nothing above defines comes first. */
function aboveUse(code: Code[]): Map<string, Code[]> {
  const makers = new Map(
    code.flatMap((cell) => [...cell.names.defs.keys()].map((name) => [name, cell] as const)),
  )
  const placed = new Set<Code>()
  const open: Code[] = []
  const places = new Map<string, Code[]>()
  function place(cell: Code, into: Code[]) {
    if (placed.has(cell)) return
    if (open.includes(cell)) {
      const circle = open.slice(open.indexOf(cell)).map(({ number }) => number)
      throw refuse(`cells use each other in a circle, which a script cannot: ${circle.join(', ')}`)
    }
    open.push(cell)
    for (const name of cell.names.refs) {
      const maker = makers.get(name)
      if (maker && maker !== cell) place(maker, into)
    }
    open.pop()
    placed.add(cell)
    into.push(cell)
  }
  for (const cell of code) {
    const into: Code[] = []
    place(cell, into)
    places.set(cell.id, into)
  }
  return places
}

/** What the cells' statements need around them: import lines, packages to install, parts of Cellar. */
type Found = { imports: Set<string>; needs: Set<string>; used: Set<string> }

/** A cell's statements; its imports go to the top of the file, its last value is printed. */
function body(source: string, { imports, needs, used }: Found): string {
  const text = new MagicString(source)
  const { body } = parse('1', source, 'ts')
  for (const statement of body) {
    if (statement.type === 'ImportDeclaration') {
      if (statement.source.value === 'cellar')
        text.overwrite(statement.start, statement.end, fromShim(statement.specifiers, used))
      else {
        const { start, end, value } = statement.source
        const found = packageOf(value)
        if (found) needs.add(found.install)
        const line =
          source.slice(statement.start, start) +
          quoted(found?.name ?? value) +
          source.slice(end, statement.end)
        imports.add(line.replace(/;?$/, '').replace(/\s+/g, ' '))
        text.remove(statement.start, statement.end)
      }
    } else if (statement.type === 'ExportNamedDeclaration' && statement.declaration)
      text.remove(statement.start, statement.declaration.start)
  }
  const last = body.at(-1)
  if (last?.type === 'ExpressionStatement') {
    const end = source[last.end - 1] === ';' ? last.end - 1 : last.end
    text.prependRight(last.start, 'show(').appendLeft(end, ')')
  }
  return text.toString().trim()
}

type Specifiers = Extract<
  ReturnType<typeof parse>['body'][number],
  { type: 'ImportDeclaration' }
>['specifiers']

/** What a cell imports from Cellar under another name gets that name. */
function fromShim(specifiers: Specifiers, used: Set<string>): string {
  return specifiers
    .flatMap((specifier) => {
      if (specifier.type !== 'ImportSpecifier' || specifier.importKind === 'type') return []
      const { imported, local } = specifier
      const name = imported.type === 'Identifier' ? imported.name : imported.value
      if (!(name in scriptShim)) throw refuse(`there is no such part of Cellar: ${name}`)
      used.add(name)
      return name === local.name ? [] : [`const ${local.name} = ${name}`]
    })
    .join('\n')
}

/** `npm:@scope/name@range/path` */
const npmSpecifier = /^npm:((?:@[^/@]+\/)?[^/@]+)(@[^/]+)?(\/.*)?$/

/** What has to be installed for an import, and how a script names it; undefined for what needs no package. */
function packageOf(specifier: string): { install: string; name: string } | undefined {
  const asked = npmSpecifier.exec(specifier)
  if (asked) return { install: asked[1]! + (asked[2] ?? ''), name: asked[1]! + (asked[3] ?? '') }
  if (/^([./]|node:|https?:)/.test(specifier)) return
  const parts = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1)
  return { install: parts.join('/'), name: specifier }
}

const quoted = (text: string) => `'${text}'`

const comment = (text: string) =>
  text
    .split('\n')
    .map((line) => `// ${line}`.trimEnd())
    .join('\n')
