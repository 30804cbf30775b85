/** A relation of Spark Connect: what a table is made from, by the field names of Spark's `relations.proto`. */
export type Relation = { [field: string]: unknown }
/** An expression, by those of `expressions.proto`. */
export type Expression = { [field: string]: unknown }

let lastPlan = 0
/** Numbers a relation, so that a column can say which of two tables it is of. */
export const numbered = (relation: Relation): Relation & { common: { plan_id: number } } => ({
  ...relation,
  common: { plan_id: ++lastPlan },
})

/** A value as an expression: whole numbers as int or bigint, others as double. */
export function literal(value: unknown): Expression {
  return { literal: literalValue(value) }
}

/** A value as Spark's `Literal`. */
export function literalValue(value: unknown): { [field: string]: unknown } {
  switch (typeof value) {
    case 'string':
      return { string: value }
    case 'boolean':
      return { boolean: value }
    case 'bigint':
      return { long: String(value) }
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) return { double: value }
      return Math.abs(value) < 2 ** 31 ? { integer: value } : { long: value }
  }
  if (value === null || value === undefined) return { null: { null: {} } }
  if (value instanceof Date) return { timestamp: value.getTime() * 1000 }
  throw new TypeError(
    `spark has no literal for this; give text, a number, a boolean, a date or null: ${typeof value}`,
  )
}

export const call = (name: string, ...args: Expression[]): Expression => ({
  unresolved_function: { function_name: name, arguments: args },
})

export const attribute = (name: string, planId?: number): Expression =>
  name === '*'
    ? { unresolved_star: {} }
    : {
        unresolved_attribute: { unparsed_identifier: name, ...(planId !== undefined && { plan_id: planId }) },
      }
