import { expect, test } from 'vitest'
import { noEnvironment } from '../../../lib/notebook/environment'
import { formatIpynb, parseIpynb } from '../../../lib/notebook/ipynb'
import { formatPercentFile, parsePercentFile } from '../../../lib/notebook/percent-file'
import { addReactivity, takeReactivity } from '../../../lib/notebook/reactivity-text'

const packages = { packages: { 'left-pad': '^1.3.0' }, lock: '{}\n', scripts: [] }
const file = `// %%
const a = 1

// %% [settings]
// {"reactivity":"off"}

// %% [packages]
// {"packages":{"left-pad":"^1.3.0"},"scripts":[]}
// {}
`

test('a .ts file says what a run does to dependent cells, and unedited keeps its bytes', () => {
  const content = parsePercentFile(file)
  expect(content).toEqual({
    cells: [{ id: 'c1', kind: 'code', source: 'const a = 1' }],
    environment: packages,
    reactivity: 'off',
    file: '// %%\nconst a = 1\n',
  })
  expect(formatPercentFile(content, content.file)).toBe(file)
})

test('the usual is not written', () => {
  expect(addReactivity('// %%\n1\n', 'stale')).toBe('// %%\n1\n')
  expect(takeReactivity('// %%\n1\n')).toEqual({ text: '// %%\n1\n', reactivity: 'stale' })
})

test.each(['', '// %%\n1\n', '// %%\n1\n\n\n', '// %%\r\n1\r\n', '\n'])(
  'what is added to %j is what is taken',
  (text) => {
    expect(takeReactivity(addReactivity(text, 'automatic'))).toEqual({ text, reactivity: 'automatic' })
  },
)

test.each([
  '// %% [settings]\n// {"reactivity":"sometimes"}\n',
  '// %% [settings]\n// {"reactivity":"off"}\n\n// %%\n1\n',
  '// %% [settings]\n// { "reactivity": "off" }\n',
])('what is written otherwise is a cell: %j', (text) => {
  expect(takeReactivity(text)).toEqual({ text, reactivity: 'stale' })
})

test('an .ipynb says it in its metadata, and what it says of nothing known is the usual', () => {
  const cells = [{ id: 'a', kind: 'code' as const, source: '1' }]
  const off = formatIpynb({ cells, reactivity: 'off' })
  expect(JSON.parse(off).metadata.cellar).toEqual({ reactivity: 'off' })
  expect(parseIpynb(off)).toEqual({ cells, outputs: {}, environment: noEnvironment, reactivity: 'off' })
  const both = parseIpynb(formatIpynb({ cells, reactivity: 'automatic', environment: packages }))
  expect(both).toEqual({ cells, outputs: {}, environment: packages, reactivity: 'automatic' })
  expect(JSON.parse(formatIpynb({ cells })).metadata.cellar).toBe(undefined)
  expect(parseIpynb(off.replace('"off"', '"sometimes"')).reactivity).toBe('stale')
})
