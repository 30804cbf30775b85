/** What a pointer over a figure is told, beside the figure's `image/svg+xml`; in the SVG's own pixels. */
export type FigureTips = {
  width: number
  height: number
  marks: TipMark[]
}

/** Of one mark of the figure, in columns: as long as it has points. */
export type TipMark = {
  /** How the point nearest to a pointer is found. */
  nearest: 'both' | 'x' | 'y'
  /** Point after point, its middle. */
  x: number[]
  y: number[]
  /** Of bars and rectangles. */
  width?: number[]
  height?: number[]
  lines: { label: string; texts: (string | null)[]; colors?: (string | null)[] }[]
}
