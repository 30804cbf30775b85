/**
 * The parser and all that needs it, as a bundle of its own: a child loads it at its first error or its first
 * TypeScript file, not at its start.
 */
export { createLocator } from '../../lib/notebook/locate'
export { transformCell } from '../../lib/notebook/transform'
