import { assembleModule, type Code, op, repeat } from './assembler'

/** Rows stand in blocks of so many: column by column, so that a vector holds one column of two rows. */
export const blockRows = 8
const rowBytes = blockRows * 8
const vectors = [0, 1, 2, 3]

/**
 * One pass of Lloyd's algorithm over rows `first` to `end`: gives each row the number of its nearest centre and its squared
 * distance, adds it to that centre's sums and count, and answers with the sum of the distances. All but `first`, `end`,
 * `columns` and `k` are addresses. WebAssembly, since JavaScript has no vectors: it is five times as fast on one thread.
 */
export const assignParameters = [
  'blocks',
  'centres',
  'labels',
  'distances',
  'sums',
  'counts',
  'scratch',
  'first',
  'end',
  'columns',
  'k',
] as const
export type Assign = (...values: number[]) => number

export function assignModule(): Uint8Array<ArrayBuffer> {
  const parameters = Object.fromEntries(assignParameters.map((name) => [name, 'i32' as const]))
  const locals = {
    ...Object.fromEntries(
      ['row', 'block', 'c', 'centre', 'j', 'x', 'lane', 'lanes', 'label', 'sum'].map((name) => [
        name,
        'i32' as const,
      ]),
    ),
    ...Object.fromEntries(
      ['value', 'number', 'nearer', ...vectors.flatMap((v) => [`a${v}`, `best${v}`, `at${v}`])].map(
        (name) => [name, 'v128' as const],
      ),
    ),
    cost: 'f64' as const,
  }
  return assembleModule('assign', parameters, 'f64', locals, ({ get, set, raise }) => {
    const each = (code: (v: number) => Code) => vectors.flatMap(code)
    const addressOf = (base: string, number: Code, shift: number): Code => [
      ...get(base),
      ...number,
      ...op.i32(shift),
      ...op.shiftLeft,
      ...op.add,
    ]
    const distances = repeat(
      [
        ...set('value', [...get('centre'), ...op.loadSplat()]),
        ...each((v) => [
          ...set('nearer', [...get('x'), ...op.load(16 * v), ...get('value'), ...op.subF64x2]),
          ...set(`a${v}`, [
            ...get(`a${v}`),
            ...get('nearer'),
            ...get('nearer'),
            ...op.mulF64x2,
            ...op.addF64x2,
          ]),
        ]),
        ...raise('x', op.i32(rowBytes)),
        ...raise('centre', op.i32(8)),
        ...raise('j', op.i32(-1)),
      ],
      get('j'),
    )
    const nearest = repeat(
      [
        ...each((v) => set(`a${v}`, op.zeros)),
        ...set('x', get('block')),
        ...set('j', get('columns')),
        ...distances,
        ...set('number', [...get('c'), ...op.splatI32]),
        ...each((v) => [
          ...set('nearer', [...get(`a${v}`), ...get(`best${v}`), ...op.lessF64x2]),
          ...set(`best${v}`, [...get(`a${v}`), ...get(`best${v}`), ...get('nearer'), ...op.bitselect]),
          ...set(`at${v}`, [...get('number'), ...get(`at${v}`), ...get('nearer'), ...op.bitselect]),
        ]),
        ...raise('c', op.i32(1)),
      ],
      [...get('c'), ...get('k'), ...op.less],
    )
    const addRow = repeat(
      [
        ...set('label', [...addressOf('scratch', get('lane'), 3), ...op.loadI32()]),
        ...addressOf('labels', [...get('row'), ...get('lane'), ...op.add], 2),
        ...get('label'),
        ...op.storeI32(),
        ...set('cost', [
          ...get('cost'),
          ...addressOf('distances', [...get('row'), ...get('lane'), ...op.add], 3),
          ...op.loadF64(),
          ...op.addF64,
        ]),
        ...addressOf('counts', get('label'), 3),
        ...addressOf('counts', get('label'), 3),
        ...op.loadF64(),
        ...op.one,
        ...op.addF64,
        ...op.storeF64(),
        ...set('sum', addressOf('sums', [...get('label'), ...get('columns'), ...op.mul], 3)),
        ...set('x', addressOf('block', get('lane'), 3)),
        ...set('j', get('columns')),
        ...repeat(
          [
            ...get('sum'),
            ...get('sum'),
            ...op.loadF64(),
            ...get('x'),
            ...op.loadF64(),
            ...op.addF64,
            ...op.storeF64(),
            ...raise('sum', op.i32(8)),
            ...raise('x', op.i32(rowBytes)),
            ...raise('j', op.i32(-1)),
          ],
          get('j'),
        ),
        ...raise('lane', op.i32(1)),
      ],
      [...get('lane'), ...get('lanes'), ...op.less],
    )
    return [
      ...set('row', get('first')),
      ...set('block', [
        ...get('blocks'),
        ...get('first'),
        ...get('columns'),
        ...op.mul,
        ...op.i32(3),
        ...op.shiftLeft,
        ...op.add,
      ]),
      ...repeat(
        [
          ...each((v) => set(`best${v}`, op.infinities)),
          ...each((v) => set(`at${v}`, op.zeros)),
          ...set('c', op.i32(0)),
          ...set('centre', get('centres')),
          ...nearest,
          ...each((v) => [...addressOf('distances', get('row'), 3), ...get(`best${v}`), ...op.store(16 * v)]),
          ...each((v) => [...get('scratch'), ...get(`at${v}`), ...op.store(16 * v)]),
          ...set('lanes', [...get('end'), ...get('row'), ...op.sub]),
          ...set('lanes', [
            ...get('lanes'),
            ...op.i32(blockRows),
            ...get('lanes'),
            ...op.i32(blockRows),
            ...op.less,
            ...op.select,
          ]),
          ...set('lane', op.i32(0)),
          ...addRow,
          ...raise('row', op.i32(blockRows)),
          ...raise('block', [...get('columns'), ...op.i32(rowBytes), ...op.mul]),
        ],
        [...get('row'), ...get('end'), ...op.less],
      ),
      ...get('cost'),
    ]
  })
}
