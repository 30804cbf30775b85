import { formatJson } from '../../../_ui/records/format-json'

export const languages = [
  { id: 'curl', label: 'curl' },
  { id: 'typescript', label: 'TypeScript' },
  { id: 'python', label: 'Python' },
] as const
export type Language = (typeof languages)[number]['id']

/** `key`: filled in where there is one, else taken from the environment variable `CELLAR_KEY`. `record`: one example. */
export type Call = { url: string; key: string | undefined; record: unknown }

/** A call that works when pasted. */
export function snippet(language: Language, { url, key, record }: Call): string {
  // A bare array would be read as several records.
  const body = Array.isArray(record) ? { instances: [record] } : (record ?? {})
  const json = formatJson(body)
  switch (language) {
    case 'curl':
      return [
        `curl ${quote(url)} \\`,
        // Double quotes where the shell has to fill in the variable.
        `  -H ${key ? quote(`Authorization: Bearer ${key}`) : '"Authorization: Bearer $CELLAR_KEY"'} \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d ${quote(json)}`,
      ].join('\n')
    case 'typescript':
      return [
        `const response = await fetch(${JSON.stringify(url)}, {`,
        "  method: 'POST',",
        '  headers: {',
        key
          ? `    Authorization: 'Bearer ${key}',`
          : '    Authorization: `Bearer $' + '{process.env.CELLAR_KEY}`,',
        "    'Content-Type': 'application/json',",
        '  },',
        `  body: JSON.stringify(${formatJson(body, '  ')}),`,
        '})',
        'if (!response.ok) throw new Error(await response.text())',
        'const { predictions } = await response.json()',
        'console.log(predictions[0])',
      ].join('\n')
    case 'python':
      return [
        'import json, urllib.request',
        ...(key ? [] : ['import os']),
        '',
        'request = urllib.request.Request(',
        `    ${JSON.stringify(url)},`,
        `    data=json.dumps(${python(body)}).encode(),`,
        '    headers={',
        key
          ? `        "Authorization": "Bearer ${key}",`
          : '        "Authorization": "Bearer " + os.environ["CELLAR_KEY"],',
        '        "Content-Type": "application/json",',
        '    },',
        ')',
        'with urllib.request.urlopen(request) as response:',
        '    print(json.load(response)["predictions"][0])',
      ].join('\n')
  }
}

/** One word for a POSIX shell. */
const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** JSON as a Python literal: strings agree, the three constants do not. */
function python(value: unknown, indent = '    '): string {
  const inner = `${indent}    `
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null))
      return `[${value.map((item) => python(item)).join(', ')}]`
    return `[\n${value.map((item) => `${inner}${python(item, inner)},`).join('\n')}\n${indent}]`
  }
  if (typeof value === 'object')
    return `{\n${Object.entries(value)
      .map(([name, item]) => `${inner}${JSON.stringify(name)}: ${python(item, inner)},`)
      .join('\n')}\n${indent}}`
  return JSON.stringify(value)
}
