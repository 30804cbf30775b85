import type { Question } from '../../lib/datasets/questions'
import type { QuestionHandler } from './question'
import { download } from './questions/download'
import { explore } from './questions/explore'
import { inspect } from './questions/inspect'
import { page } from './questions/page'
import { save } from './questions/save'
import { whole } from './questions/whole'

/** Every question with its handler. */
export const handlers: { [Q in Question]: QuestionHandler<Q> } = {
  download,
  explore,
  inspect,
  page,
  save,
  whole,
}
