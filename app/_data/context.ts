import type { DataStore } from '../../lib/datasets/data-store'
import type { DataFolder } from './data-folder'
import type { Duck } from './duck'

/** What an answer is made with. */
export type DataContext = { duck: Duck; store: DataStore; folder: DataFolder }
