import type { Scaling } from '../../../lib/training/model-format'
import { gatherFacts } from '../column-facts'
import { type Target, type TargetKind, type TrainData, takeRows, takeTarget } from '../data'
import { encodeColumns, widthOfAll } from '../encode-columns'
import { type Fit, fitColumns, fitOptions, mostWidth } from '../fit-features'
import { gatherTarget, hasTarget, targetValues } from '../fit-target'
import { type FileTask, noTarget, type PreparedClusters, type PreparedTarget, tooFewRows } from '../prepare'
import { readParts } from '../read-parts'
import { applyScaling, gatherScaling } from '../scaling'
import type { JobPart, RowSource } from '../spark/job'
import { lotOf } from './lot'
import { sampleRows } from './sample-rows'

export type LargeTask = FileTask & {
  /** Of rows that are held at once, as they are read and as numbers. */
  partBytes?: number
}

/** Rows as they come to whom learns, and what was found of them. */
export type Large<Prepared> = { prepared: Prepared; source: RowSource }

const usualPartBytes = 2 ** 24
/** Rows that a model is measured with, and that its page shows: of more, a sample. */
const sampledRows = 200_000
/** Numbers of these rows. */
const sampledNumbers = 2 ** 24

/** Lots of different purposes must not fall together. */
const lots = { test: 1, sample: 2 }

/** As `prepareClusters`, of more rows than the memory holds: they are read pass by pass. */
export async function prepareLargeClusters(task: LargeTask): Promise<Large<PreparedClusters>> {
  const { parameters, rows: total } = task
  const facts = task.columns.map(gatherFacts)
  const kept = sampleRows()
  const share = sampleShare(task, total)
  for await (const { part, first } of placedParts(task)) {
    for (const [i, column] of part.columns.entries()) facts[i]!.add(column)
    kept.add(
      part,
      rowsWhere(part, (row) => lotOf(first + row, lots.sample) < share),
    )
  }
  const all = facts.map((each) => each.facts())
  const fit = fitColumns(all, 'one_hot')
  const scaling = parameters.standardize ? await findScaling(task, fit, everyRow) : null
  const data = kept.data()
  const matrix = encodeColumns(data, fit.features)
  if (scaling) applyScaling(matrix.values, scaling)
  const notes = [...fit.notes, ...sampleNote('the silhouette and the figures are', data.rows, total)]
  const source: RowSource = {
    rows: total,
    width: matrix.width,
    async *parts() {
      for await (const { part } of placedParts(task))
        yield* jobParts(part, everyRow(part), { ...task, fit, scaling })
    },
  }
  return { prepared: { fit: { ...fit, notes, scaling }, data, facts: all, total, matrix }, source }
}

/** As `prepareTarget`, of more rows than the memory holds. Which rows are for the test is drawn by lot. */
export async function prepareLargeTarget(task: LargeTask): Promise<Large<PreparedTarget>> {
  const { algorithm, parameters, rows: total } = task
  const place = task.columns.findIndex(({ name }) => name === task.target)
  const column = task.columns[place]
  if (!column) throw noTarget()
  const testShare = Number(parameters.test_share)
  const seed = Number(parameters.seed)
  const isTest = (row: number) => testShare > 0 && lotOf(row, lots.test + 8 * seed) < testShare
  const learned = (part: TrainData, first: number) => {
    const has = hasTarget(part.columns[place]!)
    return rowsWhere(part, (row) => has(row) && !isTest(first + row))
  }
  const [facts, learnedFacts] = [task.columns.map(gatherFacts), task.columns.map(gatherFacts)]
  const gathered = gatherTarget()
  const kept = sampleRows()
  // Where none are for the test, those that it has learned are measured.
  const share = sampleShare(task, total * (testShare || 1))
  let train = 0
  for await (const { part, first } of placedParts(task)) {
    gathered.add(part.columns[place]!)
    const rows = learned(part, first)
    train += rows.length
    for (const [i, each] of part.columns.entries()) {
      facts[i]!.add(each)
      learnedFacts[i]!.add(each, rows)
    }
    const has = hasTarget(part.columns[place]!)
    const isKept = (row: number) =>
      has(row) && (testShare === 0 || isTest(first + row)) && lotOf(first + row, lots.sample) < share
    kept.add(part, rowsWhere(part, isKept))
  }
  const { kind, notes } = gathered.kind(column, algorithm)
  if (train < 2) throw tooFewRows(train)
  const options = fitOptions(algorithm)
  const others = learnedFacts.filter((_, i) => i !== place).map((each) => each.facts())
  const fit = fitColumns(others, options.categories)
  const scaling = options.standardize ? await findScaling(task, fit, learned) : null
  const data = kept.data()
  const matrix = encodeColumns(data, fit.features)
  if (scaling) applyScaling(matrix.values, scaling)
  const truth = { ...kind, values: targetValues(data.columns[place]!, kind) } as Target
  const test = gathered.present() - train
  const none = new Int32Array(0)
  const source: RowSource = {
    rows: train,
    width: matrix.width,
    async *parts() {
      for await (const { part, first } of placedParts(task))
        yield* jobParts(part, learned(part, first), { ...task, fit, scaling, told: { place, kind } })
    },
  }
  const prepared: PreparedTarget = {
    fit: { ...fit, scaling },
    data,
    facts: facts.map((each) => each.facts()),
    total,
    column: column.name,
    known: { matrix: takeRows(matrix, none), target: takeTarget(truth, none), categories: fit.categories },
    tested: { matrix, truth },
    counts: { train, test },
    notes: [...notes, ...sampleNote('the metrics are', data.rows, test || train)],
  }
  return { prepared, source }
}

const partBytesOf = ({ partBytes = usualPartBytes }: LargeTask) => partBytes

/** The file part by part, each with the place of its first row. */
async function* placedParts(task: LargeTask) {
  let first = 0
  for await (const part of readParts(task.file, task.columns, partBytesOf(task))) {
    yield { part, first }
    first += part.rows
  }
}

const everyRow = ({ rows }: TrainData) => Int32Array.from({ length: rows }, (_, row) => row)

function rowsWhere({ rows }: TrainData, is: (row: number) => boolean): Int32Array {
  const found = new Int32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) if (is(row)) found[count++] = row
  return found.subarray(0, count)
}

/** Of so many rows, which share is at hand. */
const sampleShare = ({ columns, algorithm }: LargeTask, rows: number): number =>
  Math.min(sampledRows, sampledNumbers / mostWidth(columns, algorithm)) / Math.max(1, rows)

const sampleNote = (what: string, rows: number, of: number) =>
  rows < of ? [`${what} of a sample of ${rows} rows of ${of}`] : []

async function findScaling(
  task: LargeTask,
  { features }: Fit,
  rowsOf: (part: TrainData, first: number) => Int32Array,
): Promise<Scaling> {
  const gathered = gatherScaling(widthOfAll(features))
  for await (const { part, first } of placedParts(task))
    for (const rows of slices(rowsOf(part, first), features, partBytesOf(task)))
      gathered.add(encodeColumns(part, features, rows).values)
  return gathered.scaling()
}

type Encoding = LargeTask & {
  fit: Fit
  scaling: Scaling | null
  told?: { place: number; kind: TargetKind }
}

function* jobParts(
  part: TrainData,
  rows: Int32Array,
  { fit, scaling, told, ...task }: Encoding,
): Generator<JobPart, void> {
  const targets = told && targetValues(part.columns[told.place]!, told.kind)
  for (const slice of slices(rows, fit.features, partBytesOf(task))) {
    const { values } = encodeColumns(part, fit.features, slice)
    if (scaling) applyScaling(values, scaling)
    yield { values, target: targets ? Float64Array.from(slice, (row) => targets[row]!) : null }
  }
}

/** Categories become many numbers: fewer rows of them are held at once. */
function* slices(rows: Int32Array, features: Fit['features'], bytes: number): Generator<Int32Array, void> {
  const each = Math.max(1, Math.floor(bytes / 8 / widthOfAll(features)))
  for (let from = 0; from < rows.length; from += each) yield rows.subarray(from, from + each)
}
