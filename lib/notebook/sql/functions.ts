/** Functions of DuckDB that people reach for, in lower case; all of them would be 2,000. */
export const functions: readonly string[] =
  `abs any_value approx_count_distinct approx_quantile arg_max arg_min avg bool_and bool_or ceil coalesce concat concat_ws
  contains corr cos count cume_dist current_date date_add date_diff date_part date_trunc day dayname dense_rank ends_with
  entropy epoch epoch_ms exp extract first first_value floor generate_series greatest hash histogram hour if ifnull
  json_extract json_extract_string kurtosis lag last last_value lead least left len length list list_aggregate list_contains
  list_distinct list_filter list_sort list_transform ln log log10 log2 lower lpad ltrim mad max md5 median min minute mod
  mode month monthname now ntile nullif percent_rank pi pow product quantile_cont quantile_disc quarter random range rank
  read_csv read_json read_parquet regexp_extract regexp_extract_all regexp_matches regexp_replace regr_r2 regr_slope repeat
  replace reverse right round row_number rpad rtrim second sign sin skewness split_part sqrt starts_with stddev strftime
  string_agg string_split strip_accents strlen strptime struct_pack substring sum tan time_bucket to_timestamp today trim
  trunc typeof unnest upper uuid var_pop variance week year`.split(/\s+/)
