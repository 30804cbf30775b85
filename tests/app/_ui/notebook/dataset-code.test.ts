import { expect, test } from 'vitest'
import { codeOfDataset } from '../../../../app/_ui/notebook/panels/dataset-code'

test.each([
  ['iris', "const iris = await dataset('iris')\niris"],
  ['few-penguins_2', "const fewPenguins2 = await dataset('few-penguins_2')\nfewPenguins2"],
  ['2024-sales', "const data2024Sales = await dataset('2024-sales')\ndata2024Sales"],
  ['class', "const classData = await dataset('class')\nclassData"],
  ['dataset', "const datasetData = await dataset('dataset')\ndatasetData"],
])('the data set %s is read into a variable', (name, code) => {
  expect(codeOfDataset(name)).toBe(`import { dataset } from 'cellar'\n\n${code}`)
})
