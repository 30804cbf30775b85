/** The tables that most of Cellar is about, by subject; those of one part alone stand in files of their own beside these. */

export * from './schema/endpoints'
export * from './schema/kernels'
export * from './schema/notebooks'
export * from './schema/people'
export * from './schema/predictions'
