import type { TableQuery } from './tables'

/** A table as it is: apart from the schemas of queries, as a kernel's child loads no packages. */
export const allRows: TableQuery = { sort: [], filters: [], search: '' }
