import { expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  type Environment,
  installedVersions,
  noEnvironment,
  readEnvironment,
  writeEnvironment,
} from '../../../lib/notebook/environment'
import { addEnvironment, takeEnvironment } from '../../../lib/notebook/environment-text'
import { formatIpynb, parseIpynb } from '../../../lib/notebook/ipynb'
import { parseNpmSpecifier, parsePackage } from '../../../lib/notebook/specifier'

const lock =
  '{\n "lockfileVersion": 3,\n "packages": {\n  "": {},\n  "node_modules/left-pad": {\n   "version": "1.3.0"\n  }\n }\n}\n'
const leftPad: Environment = { packages: { 'left-pad': '^1.3.0' }, lock, scripts: ['left-pad'] }

test('packages stand in the document, and a document without any has none', () => {
  const document = new Y.Doc()
  expect(readEnvironment(document)).toEqual(noEnvironment)
  writeEnvironment(document, leftPad)
  expect(readEnvironment(document)).toEqual(leftPad)
  expect(installedVersions(readEnvironment(document))).toEqual({ 'left-pad': '1.3.0' })
})

test('a document with packages from elsewhere than a registry is refused', () => {
  const document = new Y.Doc()
  document.getMap('environment').set('packages', { 'left-pad': 'git+ssh://host/x' })
  expect(() => readEnvironment(document)).toThrow(
    "the notebook's packages cannot be read: packages.left-pad: ",
  )
})

test('packages travel in a .ts file below its cells, and its bytes come back', () => {
  const own = '// %%\nconst a = 1\n'
  const file = addEnvironment(own, leftPad)
  expect(file.split('\n').slice(0, 6)).toEqual([
    '// %%',
    'const a = 1',
    '',
    '// %% [packages]',
    '// {"packages":{"left-pad":"^1.3.0"},"scripts":["left-pad"]}',
    '// {',
  ])
  expect(takeEnvironment(file)).toEqual({ text: own, environment: leftPad })
  expect(addEnvironment(own, noEnvironment)).toBe(own)
  expect(takeEnvironment(own)).toEqual({ text: own, environment: noEnvironment })
})

test('a file whose packages are broken says so', () => {
  expect(() => takeEnvironment('// %%\n1\n\n// %% [packages]\n// {"packages":\n')).toThrow(
    "the file's packages cannot be read: ",
  )
})

test("packages travel in an .ipynb file's metadata", () => {
  const text = formatIpynb(
    { cells: [{ id: 'a', kind: 'code', source: '1' }], environment: leftPad },
    undefined,
    'T',
  )
  expect(parseIpynb(text).environment).toEqual(leftPad)
  expect(parseIpynb(formatIpynb({ cells: [] })).environment).toEqual(noEnvironment)
})

test('what npm: imports name', () => {
  expect(parseNpmSpecifier('npm:left-pad')).toEqual({ name: 'left-pad', range: '', subpath: '' })
  expect(parseNpmSpecifier('npm:@scope/name@1.2/sub/x.js')).toEqual({
    name: '@scope/name',
    range: '1.2',
    subpath: '/sub/x.js',
  })
  expect(parseNpmSpecifier('npm:/a@^1.0.0')).toEqual({ name: 'a', range: '^1.0.0', subpath: '' })
  expect(parseNpmSpecifier('left-pad')).toBe(undefined)
})

test('only names and versions of registries are packages', () => {
  expect(() => parsePackage('../other')).toThrow('not the name of a package: ../other')
  expect(() => parsePackage('a@file:..')).toThrow('not a version, a range or a tag of a: file:..')
  expect(() => parsePackage('  ')).toThrow('not the name of a package: an empty name')
})
