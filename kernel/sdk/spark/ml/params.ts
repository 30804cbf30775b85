import { literalValue, type Relation } from '../plan'

/** What a step is set to, by Spark's own names. */
export type ParamValue = string | number | boolean | readonly string[] | readonly number[]
export type Params = { readonly [name: string]: ParamValue | undefined }

/** Spark makes of a number what its parameter needs. */
function literalOf(value: ParamValue): Relation {
  if (typeof value !== 'object') return literalValue(value)
  const isText = typeof value[0] === 'string'
  const elements = value.map((each) => (isText ? { string: each } : { double: each }))
  return { array: { element_type: isText ? { string: {} } : { double: {} }, elements } }
}

export const mlParams = (params: Params): Relation => ({
  params: Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, literalOf(value)]],
    ),
  ),
})
