import type { Column } from './column'

/** A row of a table whose columns are not known in the editor. */
// biome-ignore lint/suspicious/noExplicitAny: what a query answers is known when it has run
export type AnyRow = Record<string, any>

/** The names of a row's columns. */
export type Names<Row> = keyof Row & string
/** A column that reads columns of this row only. */
export type ColumnOf<Row> = Column<string, unknown, Names<Row>>
/** What `select` takes. */
export type Choice<Row> = Names<Row> | '*' | ColumnOf<Row>
/** The same row, shown without how it came about. */
export type Cleared<Row> = { [Name in keyof Row]: Row[Name] }

type NameOf<Each> = Each extends Column<infer Name, unknown, string> ? Name : Each
type ValueOf<Row, Each> =
  Each extends Column<infer Name, infer Type, string>
    ? Name extends keyof Row
      ? unknown extends Type
        ? Row[Name]
        : Type
      : Type
    : Each extends keyof Row
      ? Row[Each]
      : unknown

/** The row that `select` makes. A column without a name of its own leaves its columns unknown. */
export type Selected<Row, Columns extends readonly unknown[]> = '*' extends Columns[number]
  ? AnyRow
  : string extends NameOf<Columns[number]>
    ? AnyRow
    : { [Each in Columns[number] as NameOf<Each> & string]: ValueOf<Row, Each> }
