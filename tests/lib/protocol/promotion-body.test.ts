import { expect, test } from 'vitest'
import type { PromoteRequest } from '../../../lib/protocol/kernel'
import { decodePromotionBody, encodePromotionBody } from '../../../lib/protocol/promotion-body'

const request: PromoteRequest = {
  endpoint: 'income',
  cellId: 'a',
  variable: 'prédire',
  schema: { input: { type: 'number' }, output: { type: 'any' } },
  selfTest: { records: [1], predictions: [{ label: 'é' }] },
  environment: { node: 'v20' },
}

test('request and bundle come out as they went in', () => {
  const bundle = new Uint8Array([1, 2, 255])
  const decoded = decodePromotionBody(encodePromotionBody(request, bundle))
  expect(decoded.request).toEqual(request)
  expect([...decoded.bundle]).toEqual([1, 2, 255])
})

test('a cut body is no promotion', () => {
  const body = encodePromotionBody(request, new Uint8Array())
  expect(() => decodePromotionBody(body.subarray(0, 50))).toThrow(RangeError)
  expect(() => decodePromotionBody(new Uint8Array())).toThrow(RangeError)
})

test('each record needs its prediction', () => {
  const body = encodePromotionBody(
    { ...request, selfTest: { records: [1, 2], predictions: [1] } },
    new Uint8Array(),
  )
  expect(() => decodePromotionBody(body)).toThrow('one prediction is needed for each record')
})
