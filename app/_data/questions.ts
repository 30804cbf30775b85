import type { Question } from '../../lib/datasets/questions'
import type { QuestionHandler } from './question'
import { diff } from './questions/diff'
import { download } from './questions/download'
import { edit } from './questions/edit'
import { explore } from './questions/explore'
import { inspect } from './questions/inspect'
import { page } from './questions/page'
import { save } from './questions/save'
import { whole } from './questions/whole'

/** Every question with its handler. */
export const handlers: { [Q in Question]: QuestionHandler<Q> } = {
  diff,
  download,
  edit,
  explore,
  inspect,
  page,
  save,
  whole,
}
