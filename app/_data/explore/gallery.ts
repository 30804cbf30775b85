import type { Category, Filter } from '../../../lib/datasets/explore/filter'
import { type GalleryAnswer, imagesPerLabel, mostBoxes } from '../../../lib/datasets/explore/question'
import { rowColumn } from '../../../lib/protocol/dataset-file'
import { Refused } from '../../../lib/refused'
import { quoted } from '../duck'
import { naturally } from './axis'
import { conditionOf } from './condition'
import { columnOf, type Source } from './source'
import { category } from './values'

/** Some images of each label, always the same ones. */
export async function answerGallery(
  source: Source,
  { images, label }: { images: string; label: string | null },
  filters: readonly Filter[],
): Promise<GalleryAnswer> {
  const column = columnOf(source, images)
  const { shape } = column
  if (column.type !== 'numbers' || !shape)
    throw new Refused(400, 'no_images', `this needs a column of lists of one shape: ${images}`)
  const where = conditionOf(source, filters)
  const name = label === null ? `'all'` : category(columnOf(source, label))
  const row = quoted(rowColumn)
  // The rows first, without their images: a window over these would hold all of them.
  const chosen = await source.rows(
    `SELECT row::DOUBLE, label, n::DOUBLE, (SELECT count(*) FROM ${source.from})::DOUBLE, sum(CASE WHEN place = 1 THEN n END) OVER ()::DOUBLE FROM (` +
      `SELECT ${row} AS row, ${name} AS label, count(*) OVER (PARTITION BY ${name}) AS n, ` +
      `row_number() OVER (PARTITION BY ${name} ORDER BY hash(${row})) AS place ` +
      `FROM ${source.from} WHERE ${where}) WHERE place <= ${imagesPerLabel} ORDER BY n DESC, label, place ` +
      `LIMIT ${mostBoxes * imagesPerLabel}`,
  )
  if (chosen.length === 0) {
    const [[all] = [0]] = await source.rows(`SELECT count(*)::DOUBLE FROM ${source.from}`)
    return { all: all as number, rows: 0, shape, min: 0, max: 0, labels: [] }
  }
  const pictures = new Map(
    (await source.rows(
      `SELECT ${row}::DOUBLE, ${quoted(images)} FROM ${source.from} WHERE ${row} IN (${chosen.map(([id]) => id).join(', ')})`,
    )) as [number, number[] | null][],
  )
  const values = [...pictures.values()].flatMap((picture) => picture ?? []).filter(Number.isFinite)
  const min = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const max = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const labels = new Map<Category, { label: Category; count: number; images: string[] }>()
  for (const [id, label, count] of chosen as [number, Category, number][]) {
    const picture = pictures.get(id)
    if (!labels.has(label)) labels.set(label, { label, count, images: [] })
    if (picture) labels.get(label)!.images.push(shades(picture, min, max))
  }
  return {
    all: chosen[0]![3] as number,
    rows: chosen[0]![4] as number,
    shape,
    min,
    max,
    labels: [...labels.values()].sort(({ label: a }, { label: b }) =>
      a === null ? 1 : b === null ? -1 : naturally(a, b),
    ),
  }
}

/** A byte per value, from the least to the largest, as base64. */
function shades(picture: number[], min: number, max: number): string {
  const scale = max > min ? 255 / (max - min) : 0
  return Buffer.from(picture.map((value) => Math.round((value - min) * scale))).toString('base64')
}
