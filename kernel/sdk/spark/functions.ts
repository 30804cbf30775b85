import { Column, col, expr, lit, toExpression, when } from './column'
import { attribute, call, type Expression, literal } from './plan'

type Argument = Column<string, unknown, string> | string | number | boolean | null

/** As Spark's own: a text is a column's name, other values are values. */
const argument = (value: Argument): Expression =>
  typeof value === 'string' ? attribute(value) : toExpression(value)

type Refs<Args> = Args extends readonly (infer Each)[]
  ? Each extends Column<string, unknown, infer R>
    ? R
    : Each extends string
      ? Each
      : never
  : never

/** A function whose arguments are all columns. */
const of =
  <Type>(name: string) =>
  <const Args extends Argument[]>(...args: Args) =>
    new Column<string, Type, Refs<Args> & string>(call(name, ...args.map(argument)))

/** A function of one column and then values, where a text is a text. */
const withValues =
  <Type>(name: string) =>
  <const First extends Argument>(first: First, ...values: (string | number | boolean | null)[]) =>
    new Column<string, Type, Refs<[First]> & string>(call(name, argument(first), ...values.map(literal)))

/** Spark's functions, by their names. Any other: `call('name', …)`. */
export const functions = {
  col,
  lit,
  expr,
  when,
  call: <const Args extends Argument[]>(name: string, ...args: Args) =>
    new Column<string, unknown, Refs<Args> & string>(call(name, ...args.map(argument))),
  // Of groups.
  sum: of<number>('sum'),
  avg: of<number>('avg'),
  mean: of<number>('avg'),
  min: of<unknown>('min'),
  max: of<unknown>('max'),
  count: of<number>('count'),
  first: of<unknown>('first'),
  last: of<unknown>('last'),
  median: of<number>('median'),
  mode: of<unknown>('mode'),
  stddev: of<number>('stddev'),
  stddev_pop: of<number>('stddev_pop'),
  variance: of<number>('variance'),
  var_pop: of<number>('var_pop'),
  skewness: of<number>('skewness'),
  kurtosis: of<number>('kurtosis'),
  corr: of<number>('corr'),
  covar_samp: of<number>('covar_samp'),
  collect_list: of<unknown[]>('collect_list'),
  collect_set: of<unknown[]>('collect_set'),
  approx_count_distinct: of<number>('approx_count_distinct'),
  percentile_approx: withValues<number>('percentile_approx'),
  countDistinct: <const Args extends Argument[]>(...args: Args) =>
    new Column<string, number, Refs<Args> & string>({
      unresolved_function: { function_name: 'count', is_distinct: true, arguments: args.map(argument) },
    }),
  // Of numbers.
  abs: of<number>('abs'),
  sqrt: of<number>('sqrt'),
  exp: of<number>('exp'),
  log: of<number>('ln'),
  log2: of<number>('log2'),
  log10: of<number>('log10'),
  pow: of<number>('power'),
  sin: of<number>('sin'),
  cos: of<number>('cos'),
  tan: of<number>('tan'),
  floor: of<number>('floor'),
  ceil: of<number>('ceil'),
  round: withValues<number>('round'),
  greatest: of<unknown>('greatest'),
  least: of<unknown>('least'),
  isnan: of<boolean>('isnan'),
  isnull: of<boolean>('isnull'),
  coalesce: of<unknown>('coalesce'),
  rand: (seed?: number) =>
    new Column<string, number, never>(call('rand', ...(seed === undefined ? [] : [literal(seed)]))),
  randn: (seed?: number) =>
    new Column<string, number, never>(call('randn', ...(seed === undefined ? [] : [literal(seed)]))),
  monotonically_increasing_id: () => new Column<string, number, never>(call('monotonically_increasing_id')),
  // Of text.
  upper: of<string>('upper'),
  lower: of<string>('lower'),
  trim: of<string>('trim'),
  length: of<number>('length'),
  concat: of<string>('concat'),
  initcap: of<string>('initcap'),
  reverse: of<string>('reverse'),
  substring: withValues<string>('substring'),
  split: withValues<string[]>('split'),
  regexp_replace: withValues<string>('regexp_replace'),
  regexp_extract: withValues<string>('regexp_extract'),
  lpad: withValues<string>('lpad'),
  rpad: withValues<string>('rpad'),
  concat_ws: <const Args extends Argument[]>(separator: string, ...args: Args) =>
    new Column<string, string, Refs<Args> & string>(
      call('concat_ws', literal(separator), ...args.map(argument)),
    ),
  // Of days and times.
  current_date: () => new Column<string, Date, never>(call('current_date')),
  current_timestamp: () => new Column<string, Date, never>(call('current_timestamp')),
  to_date: withValues<Date>('to_date'),
  to_timestamp: withValues<Date>('to_timestamp'),
  date_format: withValues<string>('date_format'),
  date_add: withValues<Date>('date_add'),
  date_trunc: (unit: string, column: Argument) =>
    new Column<string, Date>(call('date_trunc', literal(unit), argument(column))),
  datediff: of<number>('datediff'),
  year: of<number>('year'),
  month: of<number>('month'),
  dayofmonth: of<number>('dayofmonth'),
  dayofweek: of<number>('dayofweek'),
  hour: of<number>('hour'),
  // Of arrays, maps and structs.
  array: of<unknown[]>('array'),
  struct: of<unknown>('struct'),
  size: of<number>('size'),
  explode: of<unknown>('explode'),
  array_contains: withValues<boolean>('array_contains'),
  sort_array: withValues<unknown[]>('sort_array'),
  // Over windows.
  row_number: () => new Column<string, number, never>(call('row_number')),
  rank: () => new Column<string, number, never>(call('rank')),
  dense_rank: () => new Column<string, number, never>(call('dense_rank')),
  ntile: (n: number) => new Column<string, number, never>(call('ntile', literal(n))),
  lag: withValues<unknown>('lag'),
  lead: withValues<unknown>('lead'),
}
