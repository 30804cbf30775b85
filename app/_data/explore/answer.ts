import type { ExploreAnswer, ExploreQuestion } from '../../../lib/datasets/explore/question'
import { answerAttribute } from './attribute'
import { answerBoxes } from './boxes'
import { answerCorrelation } from './correlation'
import { answerGallery } from './gallery'
import { answerScatter } from './scatter'
import type { Source } from './source'

/** What a figure shows of the rows that the filters leave. */
export function answerFigure(source: Source, { figure, filters }: ExploreQuestion): Promise<ExploreAnswer> {
  switch (figure.kind) {
    case 'attribute':
      return answerAttribute(source, figure, filters)
    case 'scatter':
      return answerScatter(source, figure, filters)
    case 'correlation':
      return answerCorrelation(source, figure, filters)
    case 'boxes':
      return answerBoxes(source, figure, filters)
    case 'gallery':
      return answerGallery(source, figure, filters)
  }
}
