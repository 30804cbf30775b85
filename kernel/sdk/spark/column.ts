import { attribute, call, type Expression, literal } from './plan'

type Value = string | number | bigint | boolean | Date | null
/** What an operator takes: a column, or a value. */
export type Operand<Refs extends string> = Column<string, unknown, Refs> | Value

/**
 * An expression over columns: `col('age').gt(30).and(col('city').eq('Rome'))`. `Name` is what it is called in a result,
 * `Type` what its values are, `Refs` the columns that it reads, which the editor compares with a table's.
 */
export class Column<Name extends string = string, Type = unknown, Refs extends string = string> {
  declare readonly name: Name
  declare readonly type: Type
  declare readonly refs: Refs

  constructor(readonly expression: Expression) {}

  eq<R extends string = never>(other: Operand<R>) {
    return this.#test<R>('==', other)
  }
  ne<R extends string = never>(other: Operand<R>) {
    return this.eq(other).not()
  }
  gt<R extends string = never>(other: Operand<R>) {
    return this.#test<R>('>', other)
  }
  ge<R extends string = never>(other: Operand<R>) {
    return this.#test<R>('>=', other)
  }
  lt<R extends string = never>(other: Operand<R>) {
    return this.#test<R>('<', other)
  }
  le<R extends string = never>(other: Operand<R>) {
    return this.#test<R>('<=', other)
  }
  /** Also true of two nulls. */
  eqNullSafe<R extends string = never>(other: Operand<R>) {
    return this.#test<R>('<=>', other)
  }
  and<R extends string = never>(other: Operand<R>) {
    return this.#test<R>('and', other)
  }
  or<R extends string = never>(other: Operand<R>) {
    return this.#test<R>('or', other)
  }
  not() {
    return new Column<string, boolean, Refs>(call('not', this.expression))
  }
  plus<R extends string = never>(other: Operand<R>) {
    return this.#number<R>('+', other)
  }
  minus<R extends string = never>(other: Operand<R>) {
    return this.#number<R>('-', other)
  }
  times<R extends string = never>(other: Operand<R>) {
    return this.#number<R>('*', other)
  }
  divide<R extends string = never>(other: Operand<R>) {
    return this.#number<R>('/', other)
  }
  mod<R extends string = never>(other: Operand<R>) {
    return this.#number<R>('%', other)
  }
  negate() {
    return new Column<string, number, Refs>(call('negative', this.expression))
  }
  isNull() {
    return new Column<string, boolean, Refs>(call('isNull', this.expression))
  }
  isNotNull() {
    return new Column<string, boolean, Refs>(call('isNotNull', this.expression))
  }
  isNaN() {
    return new Column<string, boolean, Refs>(call('isNaN', this.expression))
  }
  isin(...values: Value[]) {
    return new Column<string, boolean, Refs>(call('in', this.expression, ...values.map(literal)))
  }
  between<R extends string = never>(low: Operand<R>, high: Operand<R>) {
    return this.ge(low).and(this.le(high))
  }
  /** SQL's pattern: `%` and `_`. */
  like(pattern: string) {
    return this.#test<never>('like', pattern)
  }
  rlike(pattern: string) {
    return this.#test<never>('rlike', pattern)
  }
  contains<R extends string = never>(part: Operand<R>) {
    return this.#test<R>('contains', part)
  }
  startsWith<R extends string = never>(part: Operand<R>) {
    return this.#test<R>('startswith', part)
  }
  endsWith<R extends string = never>(part: Operand<R>) {
    return this.#test<R>('endswith', part)
  }
  /** From `start`, which counts from 1. */
  substr(start: number, length: number) {
    return new Column<string, string, Refs>(call('substr', this.expression, literal(start), literal(length)))
  }
  /** A field of a struct, a key of a map, a place of an array. */
  getItem(key: string | number) {
    return new Column<string, unknown, Refs>({
      unresolved_extract_value: { child: this.expression, extraction: literal(key) },
    })
  }
  /** To one of Spark's types: `double`, `int`, `decimal(10,2)`, … */
  cast(type: string) {
    return new Column<Name, unknown, Refs>({ cast: { expr: this.expression, type_str: type } })
  }
  as<Alias extends string>(name: Alias) {
    return new Column<Alias, Type, Refs>({ alias: { expr: this.expression, name: [name] } })
  }
  alias<Alias extends string>(name: Alias) {
    return this.as(name)
  }
  asc() {
    return this.#sorted('ASCENDING', 'FIRST')
  }
  desc() {
    return this.#sorted('DESCENDING', 'LAST')
  }
  ascNullsLast() {
    return this.#sorted('ASCENDING', 'LAST')
  }
  descNullsFirst() {
    return this.#sorted('DESCENDING', 'FIRST')
  }
  over(window: WindowSpec) {
    return new Column<string, Type, Refs>({ window: { window_function: this.expression, ...window.spec } })
  }

  #test<R extends string = never>(name: string, other: Operand<R>) {
    return new Column<string, boolean, Refs | R>(call(name, this.expression, toExpression(other)))
  }
  #number<R extends string = never>(name: string, other: Operand<R>) {
    return new Column<string, number, Refs | R>(call(name, this.expression, toExpression(other)))
  }
  #sorted(direction: string, nulls: string) {
    const sort_order = {
      child: this.expression,
      direction: `SORT_DIRECTION_${direction}`,
      null_ordering: `SORT_NULLS_${nulls}`,
    }
    return new Column<Name, Type, Refs>({ sort_order })
  }
}

export const toExpression = (value: unknown): Expression =>
  value instanceof Column ? value.expression : literal(value)

/** A column by its name. */
export const col = <Name extends string>(name: Name) => new Column<Name, unknown, Name>(attribute(name))

/** A value as a column. */
export const lit = (value: Value) => new Column<string, unknown, never>(literal(value))

/** An expression as SQL: `expr('age / 2')`. */
export const expr = (sql: string) =>
  new Column<string, unknown, never>({ expression_string: { expression: sql } })

/** `when(col('age').lt(18), 'child').when(…, …).otherwise('adult')`. */
export function when<R extends string = never, V extends string = never>(
  condition: Column<string, unknown, R>,
  value: Operand<V>,
) {
  return new CaseColumn<R | V>([condition.expression, toExpression(value)])
}

class CaseColumn<Refs extends string> extends Column<string, unknown, Refs> {
  constructor(readonly branches: Expression[]) {
    super(call('when', ...branches))
  }
  when<R extends string = never, V extends string = never>(
    condition: Column<string, unknown, R>,
    value: Operand<V>,
  ) {
    return new CaseColumn<Refs | R | V>([...this.branches, condition.expression, toExpression(value)])
  }
  otherwise<V extends string = never>(value: Operand<V>) {
    return new Column<string, unknown, Refs | V>(call('when', ...this.branches, toExpression(value)))
  }
}

type Named = string | Column<string, unknown, string>

/** A column, or one by its name. */
export const toColumn = (value: Named): Expression =>
  typeof value === 'string' ? attribute(value) : value.expression

/** Orders by a column: up unless it says otherwise. */
export function toOrder(value: Named): Expression {
  const expression = toColumn(value)
  const { sort_order } = expression as { sort_order?: Expression }
  return (
    sort_order ?? {
      child: expression,
      direction: 'SORT_DIRECTION_ASCENDING',
      null_ordering: 'SORT_NULLS_FIRST',
    }
  )
}

/** Rows around a row: `Window.partitionBy('city').orderBy('day')`. */
export class WindowSpec {
  constructor(
    readonly spec: { partition_spec?: Expression[]; order_spec?: Expression[]; frame_spec?: Expression },
  ) {}
  partitionBy = (...columns: Named[]) =>
    new WindowSpec({ ...this.spec, partition_spec: columns.map(toColumn) })
  orderBy = (...columns: Named[]) => new WindowSpec({ ...this.spec, order_spec: columns.map(toOrder) })
  /** From `start` to `end` rows after this one; negative before it, ±Infinity without an end. */
  rowsBetween = (start: number, end: number) =>
    new WindowSpec({
      ...this.spec,
      frame_spec: { frame_type: 'FRAME_TYPE_ROW', lower: boundary(start), upper: boundary(end) },
    })
}

const boundary = (rows: number) =>
  rows === 0 ? { current_row: true } : Number.isFinite(rows) ? { value: literal(rows) } : { unbounded: true }

export const Window = {
  partitionBy: (...columns: Named[]) => new WindowSpec({}).partitionBy(...columns),
  orderBy: (...columns: Named[]) => new WindowSpec({}).orderBy(...columns),
}
