/** A column as Spark describes it. */
export type SparkField = { name: string; type: string; nullable: boolean }

type DataType = { [kind: string]: Record<string, unknown> & { [field: string]: unknown } }
type StructField = { name: string; data_type: DataType; nullable?: boolean }

const names: Record<string, string> = {
  long: 'bigint',
  integer: 'int',
  short: 'smallint',
  byte: 'tinyint',
  null: 'void',
  calendar_interval: 'interval',
}

/** A type by the name that Spark gives it: `bigint`, `array<string>`, `decimal(10,2)`. */
export function typeName(type: DataType): string {
  const [kind, of] = Object.entries(type)[0] ?? ['null', {}]
  switch (kind) {
    case 'array':
      return `array<${typeName(of.element_type as DataType)}>`
    case 'map':
      return `map<${typeName(of.key_type as DataType)},${typeName(of.value_type as DataType)}>`
    case 'struct':
      return `struct<${fields(type)
        .map(({ name, type }) => `${name}:${type}`)
        .join(',')}>`
    case 'decimal':
      return `decimal(${of.precision ?? 10},${of.scale ?? 0})`
    case 'udt':
      return /VectorUDT/.test(String(of.jvm_class ?? of.type)) ? 'vector' : 'udt'
    default:
      return names[kind] ?? kind
  }
}

/** The columns of a table's schema. */
export const fields = (schema: DataType): SparkField[] =>
  ((schema.struct?.fields ?? []) as StructField[]).map(({ name, data_type, nullable = false }) => ({
    name,
    type: typeName(data_type),
    nullable,
  }))
