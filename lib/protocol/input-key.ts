import type { InputChange } from './inputs'

/** Of a notebook's inputs one each. */
export const inputKey = ({ cellId, name }: Pick<InputChange, 'cellId' | 'name'>) => `${cellId} ${name}`
