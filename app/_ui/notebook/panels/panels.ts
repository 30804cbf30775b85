import {
  IconDatabase,
  IconFiles,
  IconHistory,
  IconKey,
  IconList,
  IconPackage,
  IconSitemap,
  IconVariable,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { Actions } from '../actions'
import { Datasets } from './datasets'
import { Files } from './files/files'
import { Graph } from './graph'
import { HistoryPanel } from './history'
import { Outline } from './outline'
import { Packages } from './packages'
import { Secrets } from './secrets'
import { Variables } from './variables'

/** What stands beside the cells, opened by its icon. */
export type Panel = {
  id: string
  label: string
  icon: ComponentType<{ size: number; stroke: number }>
  Panel: ComponentType<{ actions: Actions }>
}
export type Side = 'left' | 'right'

export const panels: Record<Side, Panel[]> = {
  left: [
    { id: 'files', label: 'Files', icon: IconFiles, Panel: Files },
    { id: 'datasets', label: 'Data', icon: IconDatabase, Panel: Datasets },
    { id: 'outline', label: 'Outline', icon: IconList, Panel: Outline },
    { id: 'variables', label: 'Variables', icon: IconVariable, Panel: Variables },
    { id: 'packages', label: 'Packages', icon: IconPackage, Panel: Packages },
    { id: 'secrets', label: 'Secrets', icon: IconKey, Panel: Secrets },
    { id: 'history', label: 'History', icon: IconHistory, Panel: HistoryPanel },
  ],
  right: [{ id: 'graph', label: 'Graph', icon: IconSitemap, Panel: Graph }],
}

export const sideOf = (id: string): Side => (panels.left.some((panel) => panel.id === id) ? 'left' : 'right')
