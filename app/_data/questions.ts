import type { Question } from '../../lib/datasets/questions'
import type { QuestionHandler } from './question'
import { convert } from './questions/convert'
import { diff } from './questions/diff'
import { download } from './questions/download'
import { edit } from './questions/edit'
import { explore } from './questions/explore'
import { fit } from './questions/fit'
import { inspect } from './questions/inspect'
import { page } from './questions/page'
import { save } from './questions/save'
import { whole } from './questions/whole'

/** Every question with its handler. */
export const handlers: { [Q in Question]: QuestionHandler<Q> } = {
  convert,
  diff,
  download,
  edit,
  explore,
  fit,
  inspect,
  page,
  save,
  whole,
}
