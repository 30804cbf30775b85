import { z } from 'zod'
import { conversion } from '../../../lib/datasets/conversion'
import { openVersion } from '../../../lib/datasets/open-version'
import { measureConversion } from '../conversion/measure'
import type { QuestionHandler } from '../question'

/** How the values of a column fit another type; nothing is made of it. */
export const fit: QuestionHandler<'fit'> = {
  ask: conversion.extend({ versionId: z.uuid() }),
  async answer({ versionId, ...asked }, { duck, store }) {
    const opened = await openVersion(versionId, store)
    return duck.use((connection) => measureConversion(connection, opened, asked))
  },
}
