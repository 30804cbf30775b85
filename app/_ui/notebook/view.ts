import type { CellAttributes, CellKind } from '../../../lib/notebook/document'
import { defaultSettings, type NotebookSettings } from '../../../lib/notebook/settings'
import { emptyState, type NotebookState } from '../../../lib/notebook/state'
import type { KernelStats } from '../../../lib/protocol/events'
import type { CodePlace } from '../../../lib/protocol/language'
import type { Found } from './find/found'
import { emptyGraph, type GraphView } from './graph/graph-view'
import type { ProblemsView } from './language/problems'
import { loadPanels, type OpenPanels } from './panels/open-panels'
import type { SectionsView } from './sections'
import { only, type Selection } from './selection'
import type { SyncStatus } from './sync-status'
import { loadWish } from './wishes'

export type Role = 'owner' | 'editor' | 'viewer'
/** Someone else who has the notebook open, with the Yjs clients of their pages. */
export type Visitor = { id: string; name: string; color: string; clients: number[] }

export type References = { name: string; places: readonly CodePlace[] }

/** All that the notebook page shows, besides the text of its cells. */
export type View = Selection & {
  sync: SyncStatus
  /** Whether the document has arrived. */
  ready: boolean
  title: string
  role: Role
  host: 'connected' | 'absent'
  ids: readonly string[]
  kinds: Readonly<Record<string, CellKind>>
  attributes: Readonly<Record<string, CellAttributes>>
  settings: NotebookSettings
  kernel: NotebookState
  graph: GraphView
  /** Asked cells that were not run → the manual cells that have to run first. */
  blocked: Readonly<Record<string, readonly string[]>>
  problems: ProblemsView
  /** Where the name that was asked about is used. */
  references: References | undefined
  /** A declaration of a package that is being read. */
  reading: Extract<CodePlace, { file: string }> | undefined
  stats: KernelStats | undefined
  visitors: readonly Visitor[]
  /** Of the find bar, while it is open. */
  found: Found | undefined
  headings: SectionsView['headings']
  folded: SectionsView['folded']
  /** Whether the page scrolls to the cell that runs. */
  follow: boolean
  /** Whether all cells show line numbers. */
  lineNumbers: boolean
  /** Cells that differ in that from the others. */
  numbered: Readonly<Record<string, boolean>>
  /** `edit`: the selected cell's editor has the focus. */
  mode: 'command' | 'edit'
  /** Cells that were asked to run and that the kernel has not spoken of yet. */
  asked: Readonly<Record<string, true>>
  /** The cell whose promotion is being asked for. */
  promoting: string | undefined
  /** Between pressing Stop and the kernel's answer. */
  stopping: boolean
  panels: OpenPanels
  /** Counts what the page heard of changes of its history. */
  revised: number
  /** What an installation of packages does just now; empty when none is under way. */
  installing: string
  /** The epoch of a kernel that has loaded packages which were replaced since. */
  outdated: number | undefined
}

export const initialView = (title: string): View => ({
  sync: { state: 'connecting', kept: 0 },
  ready: false,
  title,
  role: 'viewer',
  host: 'connected',
  ids: [],
  kinds: {},
  attributes: {},
  settings: defaultSettings,
  kernel: emptyState(),
  graph: emptyGraph,
  blocked: {},
  problems: {},
  references: undefined,
  reading: undefined,
  stats: undefined,
  visitors: [],
  found: undefined,
  headings: [],
  folded: {},
  follow: loadWish('follow'),
  lineNumbers: loadWish('lineNumbers'),
  numbered: {},
  ...only(undefined),
  mode: 'command',
  asked: {},
  promoting: undefined,
  stopping: false,
  panels: loadPanels(),
  revised: 0,
  installing: '',
  outdated: undefined,
})

export const mayEdit = (view: View) => view.role !== 'viewer'
