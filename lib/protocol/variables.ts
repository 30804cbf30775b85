import { z } from 'zod'

/** What the Variables panel asks of a kernel child, and what it is answered with. */

/** A value in few words: nothing of the person's runs for it, and nothing large is walked through. */
export type ValueSummary = {
  kind: ValueKind
  /** `table`, `tensor float32`, `Float64Array`, `Map`, a class's name. */
  type: string
  /** `1,000 × 3`, `[2, 3]`, `1,204 parameters`, `5 items`. */
  shape?: string
  bytes?: number
  /** The beginning of the value as text. */
  preview?: string
  /** Whether `variables.inspect` finds something inside. */
  inside: boolean
}
export type ValueKind = 'table' | 'tensor' | 'model' | 'function' | 'object' | 'list' | 'value' | 'missing'

export type Variable = ValueSummary & { name: string; cellId: string }

/** The newest first. `imports`: names that come from modules, which are not listed; `more`: how many were left out. */
export type Variables = { variables: Variable[]; imports: number; more: number }

/** One level of a value. */
export type Inspected = {
  entries: (ValueSummary & { key: string })[]
  /** How many there are in all. */
  total: number
}

export const variableAsks = {
  variables: { to: 'child', action: 'kernel.execute', params: z.object({}) },
  /** What is inside of a variable: `path` leads there by the places of entries. */
  'variables.inspect': {
    to: 'child',
    action: 'kernel.execute',
    params: z.object({
      name: z.string().min(1).max(200),
      path: z.array(z.int().min(0)).max(50),
      from: z.int().min(0),
    }),
  },
} as const

export type VariableResults = { variables: Variables; 'variables.inspect': Inspected }
