import type { FieldSchema } from '../protocol/schema'

/** A field as a TypeScript type. Fields that may be null may also be left out. */
export function typeText(field: FieldSchema, indent = ''): string {
  const text = given(field, indent)
  return field.nullable ? `${text} | null` : text
}

function given(field: FieldSchema, indent: string): string {
  switch (field.type) {
    case 'number':
    case 'boolean':
      return field.type
    case 'string': {
      const known = field.categories?.map((each) => JSON.stringify(each)).join(' | ')
      return known && !field.open ? known : 'string'
    }
    case 'tensor':
      return `number${'[]'.repeat(field.shape.length)}`
    case 'array': {
      const item = typeText(field.items, indent)
      return item.includes(' | ') ? `(${item})[]` : `${item}[]`
    }
    case 'object': {
      const inner = `${indent}  `
      const lines = Object.entries(field.fields).map(
        ([name, each]) =>
          `${inner}${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}${each.nullable ? '?' : ''}: ${typeText(each, inner)}`,
      )
      return `{\n${lines.join('\n')}\n${indent}}`
    }
    case 'any':
      return 'unknown'
  }
}

/** A module with an endpoint's types and a function that asks it; it needs nothing but `fetch`. */
export function clientModule(
  endpoint: string,
  url: string,
  { version, schema }: { version: string; schema: { input: FieldSchema; output: FieldSchema } },
): string {
  return `/** Client of the endpoint ${endpoint}, made for its version ${version}. */

/** What goes in. */
export type Record = ${typeText(schema.input)}

/** What comes out, one for each record. */
export type Prediction = ${typeText(schema.output)}

export class PredictError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field?: string,
  ) {
    super(message)
  }
}

/** Rejects with \`PredictError\`; its \`field\` names what does not fit. */
export async function predict(records: Record[], key: string, url = ${JSON.stringify(url)}): Promise<Prediction[]> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: \`Bearer \${key}\`, 'content-type': 'application/json' },
    body: JSON.stringify({ instances: records }),
  })
  const body = await answer.json()
  if (!answer.ok) throw new PredictError(answer.status, body.error.code, body.error.message, body.error.field)
  return body.predictions
}
`
}
