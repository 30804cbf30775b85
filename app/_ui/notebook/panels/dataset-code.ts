import { variableOf } from './files/code'

/** Code that reads a data set by its name. */
export function codeOfDataset(name: string): string {
  const variable = variableOf(/^\d/.test(name) ? `data-${name}` : name)
  return `import { dataset } from 'cellar'\n\nconst ${variable} = await dataset('${name}')\n${variable}`
}
