import type { Case } from './tables'

/** Tables that come from nowhere else. */
export const sources: Case[] = [
  [
    'range',
    ({ spark }) => spark.range(2, 8, 3),
    'id: bigint',
    `+---+
| id|
+---+
|  2|
|  5|
+---+
`,
  ],
  [
    'sql',
    ({ sqlTable }) => sqlTable,
    'x: int, y: string',
    `+---+---+
|  x|  y|
+---+---+
|  4|  A|
+---+---+
`,
  ],
]
