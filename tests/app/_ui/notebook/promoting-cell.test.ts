import { expect, test } from 'vitest'
import { promotingCell } from '../../../../app/_ui/notebook/promoting-cell'
import { suggestName } from '../../../../app/_ui/notebook/suggest-name'

test('the promoting cell imports promote where the notebook does not', () => {
  expect([
    promotingCell('who', 'predict', ["import { display, promote } from 'cellar'"]),
    promotingCell('who', 'predict', ["import { display } from 'cellar'"]),
  ]).toEqual([
    "await promote('who', predict, { data: records })",
    "import { promote } from 'cellar'\n\nawait promote('who', predict, { data: records })",
  ])
})

test('an endpoint is suggested from the name of the notebook', () => {
  expect(['Income classifier', '3rd try: Été!', 'Datasets', '數據'].map(suggestName)).toEqual([
    'income-classifier',
    'rd-try-ete',
    '',
    '',
  ])
})
