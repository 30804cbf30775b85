// Plot as cells see it in the editor. In 0.6.17 the options of a bin are `Omit<T, 'x'>`, and T is inferred from the optional
// parameter of the mark around it, `RectYOptions | undefined`: nothing is left of it under `strictNullChecks`, and
// `fill` in `Plot.rectY(data, Plot.binX({ y: 'count' }, { x: 'age', fill: 'sex' }))` is an error.

import type {
  BinInputs,
  BinOutputs,
  BinXInputs,
  BinYInputs,
  Transformed,
} from '../../node_modules/@observablehq/plot/src/index.js'

export * from '../../node_modules/@observablehq/plot/src/index.js'

export declare function binX<T>(outputs?: BinOutputs, options?: BinXInputs<NonNullable<T>>): Transformed<T>
export declare function binY<T>(outputs?: BinOutputs, options?: BinYInputs<NonNullable<T>>): Transformed<T>
export declare function bin<T>(outputs?: BinOutputs, options?: BinInputs<NonNullable<T>>): Transformed<T>
