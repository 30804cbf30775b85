import type { DataFolder } from '../../lib/datasets/data-folder'
import type { DataStore } from '../../lib/datasets/data-store'
import type { Duck } from './duck'

/** What an answer is made with. */
export type DataContext = { duck: Duck; store: DataStore; folder: DataFolder }
