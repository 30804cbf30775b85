import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { type ExploreAnswer, exploreQuestion } from '../../../lib/datasets/explore/question'
import { openVersion } from '../../../lib/datasets/open-version'
import { literal } from '../duck'
import { answerFigure } from '../explore/answer'
import { createTurns } from '../explore/turns'
import type { QuestionHandler } from '../question'

/** Figures at once: DuckDB gives each all of its threads, more would only share its memory. */
const take = createTurns(3)

/** Versions never change, so an answer stays right: 32 MB of them. */
const answers = new LRUCache<string, ExploreAnswer>({
  maxSize: 32 * 2 ** 20,
  sizeCalculation: (answer) => JSON.stringify(answer).length,
})

/** What a figure shows of the rows of a version that filters leave. */
export const explore: QuestionHandler<'explore'> = {
  ask: exploreQuestion.extend({ versionId: z.uuid(), asker: z.string().min(1).max(100) }),
  answer: ({ versionId, asker, ...question }, { duck, store }) =>
    take(asker, async (turn) => {
      const { file, columns, hash } = await openVersion(versionId, store)
      const key = JSON.stringify([hash, question])
      const known = answers.get(key)
      if (known) return known
      return duck.use(async (connection) => {
        turn.onEnd = () => connection.interrupt()
        const read = async (sql: string) => {
          turn.check()
          try {
            return await connection.runAndReadAll(sql)
          } catch (error) {
            // What the interruption left is no error of the query.
            turn.check()
            throw error
          }
        }
        try {
          const answer = await answerFigure(
            {
              columns,
              from: `read_parquet(${literal(file)})`,
              rows: async (sql) => (await read(sql)).getRowsJS(),
              byColumn: async (sql) => (await read(sql)).getColumnsJS(),
            },
            question,
          )
          answers.set(key, answer)
          return answer
        } finally {
          // The connection is another question's next.
          turn.onEnd = undefined
        }
      })
    }),
}
