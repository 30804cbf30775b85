/**
 * The colours of Cellar, the one source for Mantine's theme, CSS variables (`--cellar-*`) and Monaco's themes.
 * Text on its surface meets WCAG AA (4.5 : 1) in both schemes; see `tests/app/_ui/palette.test.ts`.
 */
export type Scheme = {
  /** The page behind everything. */
  body: string
  /** Cards, menus, the rail. */
  surface: string
  /** Code and inset areas. */
  inset: string
  /** A row or button under the pointer. */
  hover: string
  border: string
  /** Edges of inputs and buttons, 3 : 1 on the surface. */
  borderStrong: string
  text: string
  /** Secondary text. */
  dimmed: string
  /** Links and the active place in the rail. */
  accent: string
  accentSoft: string
  /** State edges of cells and status dots; `…Text` is legible as text. */
  running: string
  stale: string
  failed: string
  queued: string
  done: string
  runningText: string
  staleText: string
  failedText: string
  doneText: string
  failedSoft: string
  staleSoft: string
  /** Source text. */
  syntaxKeyword: string
  syntaxString: string
  syntaxNumber: string
  syntaxType: string
  syntaxFunction: string
  syntaxComment: string
  selection: string
}

const light: Scheme = {
  body: '#fbfafb',
  surface: '#ffffff',
  inset: '#f6f4f6',
  hover: '#f1eef1',
  border: '#e4e0e4',
  borderStrong: '#8f8892',
  text: '#1d1a20',
  dimmed: '#625c66',
  accent: '#8a2a49',
  accentSoft: '#f8ecf0',
  running: '#2f6fde',
  stale: '#d08700',
  failed: '#d13438',
  queued: '#a49da7',
  done: '#2e9e62',
  runningText: '#2159bd',
  staleText: '#8a5700',
  failedText: '#b3262a',
  doneText: '#1c7546',
  failedSoft: '#fdf0f0',
  staleSoft: '#fdf5e3',
  syntaxKeyword: '#8a2a6b',
  syntaxString: '#2a6b3f',
  syntaxNumber: '#9a4b00',
  syntaxType: '#1f5f8b',
  syntaxFunction: '#5b3fa0',
  syntaxComment: '#6b6570',
  selection: '#ecd7df',
}

const dark: Scheme = {
  body: '#17151a',
  surface: '#1e1b21',
  inset: '#242128',
  hover: '#2a262e',
  border: '#35303a',
  borderStrong: '#7a737f',
  text: '#e9e6ea',
  dimmed: '#aca5b0',
  accent: '#e79ab2',
  accentSoft: '#3a2230',
  running: '#5b94f5',
  stale: '#e0a43a',
  failed: '#ef6a6e',
  queued: '#7d7683',
  done: '#4fc086',
  runningText: '#8db4f8',
  staleText: '#e8b75f',
  failedText: '#f59497',
  doneText: '#74d1a1',
  failedSoft: '#3a2124',
  staleSoft: '#352b1a',
  syntaxKeyword: '#dd8fc4',
  syntaxString: '#8fcf9f',
  syntaxNumber: '#e8b27a',
  syntaxType: '#82bfe6',
  syntaxFunction: '#b9a4f0',
  syntaxComment: '#948c99',
  selection: '#4a2f3c',
}

export const palette = { light, dark } as const
export type SchemeName = keyof typeof palette
