import { languages } from 'monaco-editor/editor'

const { CompletionItemKind: Kind } = languages

/** LSP's numbers of completions' kinds, from 1, as Monaco's. */
const kinds = [
  Kind.Text,
  Kind.Method,
  Kind.Function,
  Kind.Constructor,
  Kind.Field,
  Kind.Variable,
  Kind.Class,
  Kind.Interface,
  Kind.Module,
  Kind.Property,
  Kind.Unit,
  Kind.Value,
  Kind.Enum,
  Kind.Keyword,
  Kind.Snippet,
  Kind.Color,
  Kind.File,
  Kind.Reference,
  Kind.Folder,
  Kind.EnumMember,
  Kind.Constant,
  Kind.Struct,
  Kind.Event,
  Kind.Operator,
  Kind.TypeParameter,
]

export const toKind = (kind: number): languages.CompletionItemKind => kinds[kind - 1] ?? Kind.Text
