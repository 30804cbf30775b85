import type { z } from 'zod'
import type { AnswerOf, AskOf, Question } from '../../lib/datasets/questions'
import type { DataContext } from './context'

/** How a question is answered. `ask` refuses what does not fit. */
export type QuestionHandler<Q extends Question> = {
  ask: z.ZodType<AskOf<Q>>
  answer(ask: AskOf<Q>, context: DataContext): Promise<AnswerOf<Q>>
}
