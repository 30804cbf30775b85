import { expect, test } from 'vitest'
import { presetsOf } from '../../../../lib/datasets/explore/presets'

test('columns with a prefix in common are a preset', () => {
  expect(presetsOf(['sepal_length', 'sepal_width', 'petal_length', 'petal_width'])).toEqual([
    { label: 'Sepal', x: 'sepal_length', y: 'sepal_width' },
    { label: 'Petal', x: 'petal_length', y: 'petal_width' },
  ])
  expect(presetsOf(['bill_length_mm', 'bill_depth_mm', 'flipper_length_mm'])).toEqual([
    { label: 'Bill', x: 'bill_length_mm', y: 'bill_depth_mm' },
  ])
  expect(presetsOf(['longitude', 'latitude', 'x', 'y'])).toEqual([
    { label: 'Longitude and latitude', x: 'longitude', y: 'latitude' },
    { label: 'X and y', x: 'x', y: 'y' },
  ])
})

test('a column without its other half is none', () => {
  expect(presetsOf(['sepal_length', 'petal_width', 'wavelength', 'age'])).toEqual([])
})
