/** Words of DuckDB's SQL that an editor sets off, in lower case. */
export const keywords: readonly string[] =
  `add all alter analyze and anti any array as asc asof at attach between bigint bit blob boolean both by call case cast
  check checkpoint collate column columns comment commit constraint copy create cross cube current cycle database date
  decimal default deferrable delete desc describe detach distinct double drop else end enum escape except exclude exists
  explain export extract false fetch filter first float following for foreign from full function generated glob grant
  group grouping groups having hugeint ignore ilike import in index inner insert install int integer intersect interval
  into is isnull join json key lambda last lateral leading left like limit list load local macro map materialized minus
  natural no not notnull null nulls offset on only or order outer over overlaps partition percent pivot pivot_longer
  pivot_wider positional pragma preceding primary qualify range real recursive reference references rename replace
  replacing reset respect returning right rollback rollup row rows sample schema select semi sequence set sets show
  similar smallint some struct summarize table tablesample temp temporary then time timestamp timestamptz tinyint to
  trailing transaction trim true truncate try_cast type ubigint uhugeint uinteger unbounded union unique unpivot unnest
  update usage use using usmallint utinyint uuid vacuum values varchar text view when where window with within without`.split(
    /\s+/,
  )
