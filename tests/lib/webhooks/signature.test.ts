import { expect, test } from 'vitest'
import { newSigningKey, signedHeaders } from '../../../lib/webhooks/signature'

test('a message is signed as Standard Webhooks says: with the example of its specification', () => {
  const headers = signedHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
  })
  expect(headers).toEqual({
    'content-type': 'application/json',
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('a new key has 256 bits, and no two are alike', () => {
  const keys = [newSigningKey(), newSigningKey()]
  expect(keys[0]).not.toBe(keys[1])
  for (const key of keys) expect(Buffer.from(key.replace('whsec_', ''), 'base64')).toHaveLength(32)
})
