import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { datasets } from '../../../drizzle/schema/datasets'
import { saveConversion } from '../../../lib/datasets/conversion'
import { createVersion } from '../../../lib/datasets/create-version'
import { requireVersion } from '../../../lib/datasets/find'
import { nextRowOf } from '../../../lib/datasets/next-row'
import { openVersion } from '../../../lib/datasets/open-version'
import { rowColumn } from '../../../lib/protocol/dataset-file'
import { Refused } from '../../../lib/refused'
import { convertedValue } from '../conversion/converted-value'
import { measureConversion } from '../conversion/measure'
import { literal, quoted } from '../duck'
import { shapesOf } from '../edit/write-version'
import { columnOf } from '../explore/source'
import type { QuestionHandler } from '../question'
import { writeBase } from '../write-base'

/** Makes a version in which a column holds another type. Values that do not fit forbid it, or become missing. */
export const convert: QuestionHandler<'convert'> = {
  ask: saveConversion.extend({ datasetId: z.uuid(), userId: z.uuid().nullable() }),
  async answer({ datasetId, userId, parent, message, misfitsAsMissing, ...conversion }, context) {
    const { store } = context
    const [dataset] = await store.db.select().from(datasets).where(eq(datasets.id, datasetId))
    if (!dataset || dataset.trashedAt)
      throw new Refused(404, 'not_found', 'there is no such data set any more')
    const newest = await requireVersion(store.db, dataset, parent)
    const { name, type } = columnOf(newest, conversion.column)
    if (type === conversion.type)
      throw new Refused(422, 'no_change', `this column is ${type} already: ${name}`)
    const opened = await openVersion(newest.id, store)
    return context.duck.write(async (connection) => {
      const { misfits } = await measureConversion(connection, opened, conversion)
      if (misfits.count > 0 && !misfitsAsMissing) {
        const [first] = misfits.examples
        throw new Refused(
          422,
          'misfits',
          `${misfits.count} ${misfits.count === 1 ? 'value is' : 'values are'} no ${conversion.type}; choose another type or let them be missing: ${name}, row ${first?.row}: ${first?.value}`,
        )
      }
      const columns = newest.columns.map((column) =>
        column.name === name ? { name, type: conversion.type } : column,
      )
      const { value } = convertedValue({ name, type }, conversion)
      const others = [
        rowColumn,
        ...newest.columns.flatMap((column) => (column.name === name ? [] : column.name)),
      ]
      const base = await writeBase(
        connection,
        `SELECT ${others.map(quoted).join(', ')}, ${value} AS ${quoted(name)} FROM read_parquet(${literal(opened.file)})
         ORDER BY ${quoted(rowColumn)}`,
        columns,
        context,
        { shapes: shapesOf(newest.columns.filter((column) => column.name !== name)), row: quoted(rowColumn) },
      )
      return createVersion(
        datasetId,
        parent,
        {
          ...base,
          nextRow: nextRowOf(newest),
          origin: 'edit',
          message: message || `${name}: ${type} → ${conversion.type}`,
          rowsAdded: 0,
          rowsChanged: misfits.count,
          rowsDeleted: 0,
          createdBy: userId,
        },
        store.db,
      )
    })
  },
}
