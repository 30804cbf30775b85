import { expect, test } from 'vitest'
import { createServiceTime } from '../../../lib/serving/service-time'

test('nothing is expected of a model that nobody has seen', () => {
  expect(createServiceTime().expect(3, 100)).toBe(0)
})

test('what a batch costs and what a record adds are told apart', () => {
  const service = createServiceTime()
  for (const records of [1, 8, 64, 3, 20]) service.saw(records, 5 + 0.5 * records)
  expect(service.expect(1, 10)).toBeCloseTo(10)
  expect(service.expect(4, 100)).toBeCloseTo(70)
})

test('batches of one size are taken for the cost of their records', () => {
  const service = createServiceTime()
  for (let i = 0; i < 5; i++) service.saw(4, 20)
  expect(service.expect(3, 40)).toBeCloseTo(200)
})

test('a model that becomes slower is believed, one interruption is not', () => {
  const service = createServiceTime()
  for (let i = 0; i < 30; i++) service.saw(1, 2)
  service.saw(1, 4000)
  expect(service.expect(1, 1)).toBeLessThan(6)
  for (let i = 0; i < 60; i++) service.saw(1, 200)
  expect(service.expect(1, 1)).toBeCloseTo(200, 0)
})

test('times that fall with the size expect nothing below zero', () => {
  const service = createServiceTime()
  service.saw(1, 10)
  service.saw(10, 1)
  expect(service.expect(1, 100)).toBeGreaterThan(0)
})
