import { expect, test } from 'vitest'
import { isIn, places, settings } from '../../../../app/_ui/shell/places'

test.each([
  ['/notebooks', 'Notebooks'],
  ['/notebooks/trash', 'Notebooks'],
  ['/n/0b9ea7ed-0000-4000-8000-000000000000', 'Notebooks'],
  ['/data/iris/explore', 'Data'],
  ['/endpoints/income/versions/1.0.0', 'Endpoints'],
  ['/repositories/0b9ea7ed-0000-4000-8000-000000000000', 'Endpoints'],
  ['/settings', 'Settings'],
  ['/datasets', undefined],
  ['/', undefined],
])('%s is a page of the section %s', (path, label) => {
  expect([...places, settings].filter((place) => isIn(place, path)).map((place) => place.label)).toEqual(
    label ? [label] : [],
  )
})
