import type { Column } from './column'
import type { DataFrame } from './data-frame'
import { attribute, call, type Expression, literal, literalValue, type Relation } from './plan'
import type { AnyRow } from './rows'

type Aggregate = { aggregate_expressions: Expression[]; pivot?: Relation; group_type?: string }

/** Groups of rows, of which a summary is asked for. */
export class GroupedData<Row extends object> {
  constructor(
    readonly make: (aggregate: Aggregate) => DataFrame<AnyRow>,
    readonly pivoted?: Relation,
  ) {}

  #run(expressions: Expression[]) {
    if (!this.pivoted) return this.make({ aggregate_expressions: expressions })
    return this.make({
      aggregate_expressions: expressions,
      pivot: this.pivoted,
      group_type: 'GROUP_TYPE_PIVOT',
    })
  }
  #each(name: string, names: readonly string[]) {
    return this.#run(names.map((each) => call(name, attribute(each))))
  }

  /** `agg(sum('x').as('total'), avg('y'))`, or a function's name by column: `agg({ x: 'sum' })`. */
  agg(
    ...columns: Column<string, unknown, keyof Row & string>[] | [{ [Name in keyof Row & string]?: string }]
  ): DataFrame<AnyRow> {
    const [first] = columns
    if (first && !('expression' in first))
      return this.#run(Object.entries(first).map(([name, by]) => call(String(by), attribute(name))))
    return this.#run((columns as Column[]).map(({ expression }) => expression))
  }
  count() {
    return this.#run([{ alias: { expr: call('count', literal(1)), name: ['count'] } }])
  }
  sum(...names: (keyof Row & string)[]) {
    return this.#each('sum', names)
  }
  avg(...names: (keyof Row & string)[]) {
    return this.#each('avg', names)
  }
  mean(...names: (keyof Row & string)[]) {
    return this.#each('avg', names)
  }
  min(...names: (keyof Row & string)[]) {
    return this.#each('min', names)
  }
  max(...names: (keyof Row & string)[]) {
    return this.#each('max', names)
  }
  /** One column for each value of `name`; Spark looks for the values unless they are given. */
  pivot(name: keyof Row & string, values: (string | number | boolean)[] = []): GroupedData<Row> {
    return new GroupedData<Row>(this.make, { col: attribute(name), values: values.map(literalValue) })
  }
}
