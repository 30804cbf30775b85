import { analyze, type Reference, type Scope, type Variable } from 'eslint-scope'
import { MagicString } from 'magic-string'
import { syntaxErrorAt } from './errors'
import { helpers } from './strip'
import { type Node, type Program, parentsOf, parse } from './syntax'

/** How a cell declares a name. */
export type DefinitionKind = 'const' | 'let' | 'var' | 'function' | 'class' | 'import'

/** `[local name, exported name]`; `*` is the whole module. */
export type ImportedName = [local: string, name: string]
export type CellImport = { specifier: string; names: ImportedName[] }

/** What the steps of a transform share: the text being edited, and what they have found. */
export type Context = {
  cellId: string
  code: string
  text: MagicString
  program: Program
  parents: Map<Node, Node>
  top: Scope
  /** References to names that the cell does not declare. */
  free: Reference[]
  /** Names of oxc's helpers. */
  helperNames: Set<string>
  known: Set<string>
  consts: Set<string>
  defs: Map<string, DefinitionKind>
  refs: Set<string>
  globalsUsed: Set<string>
  assigns: Set<string>
  imports: CellImport[]
  exports: Map<string, string>
  /** Function declarations, whose names get their values before anything else runs. */
  hoisted: string[]
}

const reserved = ['$S', '$C', '$K']

/** Parses and analyses `code` (JavaScript). Throws `CellSyntaxError`. */
export function createContext(
  cellId: string,
  code: string,
  known: Set<string>,
  consts: Set<string>,
): Context {
  const program = parse(cellId, code)
  const manager = analyze(program as unknown as Parameters<typeof analyze>[0], {
    ecmaVersion: 2022,
    sourceType: 'module',
  })
  const top = manager.globalScope!.childScopes[0]!
  const free = manager.globalScope!.through
  const defs = new Map<string, DefinitionKind>()
  const helperNames = new Set<string>()
  for (const variable of top.variables) {
    const kind = kindOf(variable)
    if (kind === 'helper') helperNames.add(variable.name)
    else if (kind) defs.set(variable.name, kind)
  }
  for (const name of reserved) {
    const used = free.find(({ identifier }) => identifier.name === name)
    const node = (used?.identifier ?? top.set.get(name)?.identifiers[0]) as unknown as Node | undefined
    if (node) throw syntaxErrorAt(cellId, code, node.start, `${name} is reserved: use another name`)
  }
  return {
    cellId,
    code,
    text: new MagicString(code),
    program,
    parents: parentsOf(program),
    top,
    free,
    helperNames,
    known,
    consts,
    defs,
    refs: new Set(),
    globalsUsed: new Set(),
    assigns: new Set(),
    imports: [],
    exports: new Map(),
    hoisted: [],
  }
}

function kindOf(variable: Variable): DefinitionKind | 'helper' | undefined {
  const definition = variable.defs.at(-1)
  switch (definition?.type) {
    case 'Variable':
      return definition.parent?.kind as DefinitionKind
    case 'FunctionName':
      return 'function'
    case 'ClassName':
      return 'class'
    case 'ImportBinding':
      return String((definition.parent as { source?: { value?: unknown } }).source?.value).startsWith(helpers)
        ? 'helper'
        : 'import'
    default:
      return undefined
  }
}
