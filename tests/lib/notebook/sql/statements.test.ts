import { expect, test } from 'vitest'
import { statementsOf } from '../../../../lib/notebook/sql/statements'

test('a text is cut at the semicolons that stand in no text, name or comment', () => {
  expect(statementsOf(`SELECT ';' AS "a;b"; -- c;d\n/* e; /* f; */ */ SELECT $$;$$ ;;\n-- end`)).toEqual([
    { text: `SELECT ';' AS "a;b"`, start: 0 },
    { text: 'SELECT $$;$$', start: 46 },
  ])
})
