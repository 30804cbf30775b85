import type * as monaco from 'monaco-editor/editor'
import { keywords } from '../../../../lib/notebook/sql/keywords'
import { sqlCompletions } from './completions'

/**
 * DuckDB's SQL with placeholders for Monaco, whose own grammar knows neither; the same rules as `highlight-sql`, so that
 * nothing changes colour when an editor is mounted.
 */
export function registerSql({ languages }: typeof monaco) {
  languages.register({ id: 'sql' })
  languages.registerCompletionItemProvider('sql', sqlCompletions)
  languages.setLanguageConfiguration('sql', {
    comments: { lineComment: '--', blockComment: ['/*', '*/'] },
    brackets: [
      ['(', ')'],
      ['[', ']'],
      ['{', '}'],
    ],
    autoClosingPairs: [
      { open: '(', close: ')' },
      { open: '[', close: ']' },
      { open: '{', close: '}' },
      { open: "'", close: "'", notIn: ['string', 'comment'] },
      { open: '"', close: '"', notIn: ['string', 'comment'] },
    ],
  })
  languages.setMonarchTokensProvider('sql', {
    ignoreCase: true,
    keywords: [...keywords],
    tokenizer: {
      root: [
        [/--.*$/, 'comment'],
        [/\/\*/, 'comment', '@block'],
        [/\$\{/, '', '@placeholder'],
        [/\$([a-z_]\w*)?\$/, { token: 'string', next: '@dollars.$1' }],
        [/e'/, 'string', '@escaped'],
        [/'/, 'string', '@text'],
        [/"/, '', '@name'],
        [/[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/, { cases: { '@keywords': 'keyword', '@default': '' } }],
        [/(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?/, 'number'],
      ],
      block: [
        [/\/\*/, 'comment', '@push'],
        [/\*\//, 'comment', '@pop'],
        [/./, 'comment'],
      ],
      placeholder: [
        [/\{/, 'type', '@braces'],
        [/\}/, '', '@pop'],
        [/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`(?:[^`\\]|\\.)*`?/, 'type'],
        [/./, 'type'],
      ],
      braces: [
        [/\{/, 'type', '@push'],
        [/\}/, 'type', '@pop'],
        [/./, 'type'],
      ],
      text: [
        [/''/, 'string'],
        [/'/, 'string', '@pop'],
        [/[^']+/, 'string'],
      ],
      escaped: [
        [/''|\\./, 'string'],
        [/'/, 'string', '@pop'],
        [/[^'\\]+/, 'string'],
      ],
      name: [
        [/""/, ''],
        [/"/, '', '@pop'],
        [/[^"]+/, ''],
      ],
      dollars: [
        [
          /\$([a-z_]\w*)?\$/,
          { cases: { '$1==$S2': { token: 'string', next: '@pop' }, '@default': 'string' } },
        ],
        [/[^$]+|\$/, 'string'],
      ],
    },
  })
}
