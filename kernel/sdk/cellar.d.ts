// The module `cellar` as cells see it in the editor; what a kernel gives for it is `createSdk`, and a test holds the
// two together.

import type { SavedDataset } from '../../lib/protocol/dataset-save'
import type { Promoted } from '../../lib/protocol/kernel'
import type { DatasetOf } from './dataset'
import type { DisplayFunction } from './display'
import type { Input } from './input'
import type { Progress } from './progress'
import type { PromoteOptions } from './promote'
import type { SaveOptions } from './save-dataset'
import type { Spark } from './spark'
import type { Sql } from './sql'
import type { Track } from './track'

export declare const display: DisplayFunction

/** Shows how far a loop is: its rate, and the time that is left where the length is known. */
export declare const progress: Progress

/**
 * Reads a data set of the workspace, `dataset('iris')`, as an arquero table: its newest version, or the one of
 * `{ version: 3 }`. Where a file has this name, reads a file of the notebook's folder, or of the project's data folders, by its ending (`.gz` may follow):
 * `.csv`, `.tsv`, `.arrow` → an arquero table, types found by their values, spaces around values dropped;
 * `.json` → a table where it is an array of records, else its value; MNIST's `…-idx3-ubyte` → `{ shape, data }`.
 */
export declare function dataset<Name extends string>(
  name: Name,
  options?: { version?: number },
): Promise<DatasetOf<Name>>

/**
 * Makes a version of a data set of the workspace: `await saveDataset('iris-clean', table, { message: 'no outliers' })`.
 * A name that is new makes a data set, else the table is its next version; older ones stay. Takes what `sql` takes: an
 * arquero or Arrow table, or an array of records. Types are kept.
 */
export declare function saveDataset(name: string, table: object, options?: SaveOptions): Promise<SavedDataset>

/**
 * Makes a version of the endpoint `name` from a model, or from a function of an array of records, with all that it
 * uses. Resolves when the version has passed its self-test and answers; rejects with what could not be captured.
 */
export declare function promote(name: string, value: unknown, options?: PromoteOptions): Promise<Promoted>

/**
 * Controls whose value is a variable: `const k = input.slider({ min: 1, max: 10 })` makes `k` a number, and moving the
 * slider gives `k` another one and reruns the cells that use it.
 */
export declare const input: Input

/**
 * The value of a secret of the notebook or its workspace, as the panel Secrets keeps it. What cells print or show is
 * freed of it, and a promotion refuses it.
 */
export declare function secret(name: string): Promise<string>

/**
 * A query as a template: `` await sql`SELECT city, avg(age) AS age FROM people WHERE age > ${least} GROUP BY city` ``
 * gives an arquero table. FROM names tables of the notebook (arquero, Arrow, arrays of records, earlier results), or files:
 * `FROM 'data.parquet'` (CSV, JSON). `${…}` is bound as a value, or names a table. `sql.on(address)` asks a PostgreSQL
 * server instead.
 */
export declare const sql: Sql

/**
 * Spark, on the machine's own server (`cellar spark start`) or the one of `SPARK_REMOTE`:
 * `const df = await spark.createDataFrame(table)`, `await df.groupBy('city').count().show()`,
 * `df.filter(spark.col('age').gt(30))`, `await df.toArquero()`. Tables stay on the cluster; only results come here.
 */
export declare const spark: Spark

/**
 * Records an experiment: `track.params({ rate })`, `track.metric('loss', value)`, `track.artifact('curve', figure)`. A
 * cell's first record begins a run, to which the epochs of its trainings belong, too; `track.run(name, work)` begins one
 * of its own. The page Experiments lists, filters and plots them.
 */
export declare const track: Track
