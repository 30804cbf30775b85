import { expect, test } from 'vitest'
import { parseRemote } from '../../../lib/spark/remote'

test('an address is read as Spark’s own clients read it', () => {
  expect([
    parseRemote('sc://127.0.0.1'),
    parseRemote('sc://spark.example.org:443/;token=a%3Bb;use_ssl=true;user_id=ada'),
    parseRemote(' sc://[::1]:15003/;token=x '),
  ]).toEqual([
    { host: '127.0.0.1', port: 15002, token: undefined, ssl: false, userId: undefined },
    { host: 'spark.example.org', port: 443, token: 'a;b', ssl: true, userId: 'ada' },
    { host: '[::1]', port: 15003, token: 'x', ssl: false, userId: undefined },
  ])
})

test.each([
  ['http://spark:15002', 'SPARK_REMOTE is not sc://host:port/;token=…;use_ssl=true'],
  ['sc://spark:99999', 'SPARK_REMOTE has no port number: 99999'],
  ['sc://spark/;token', 'SPARK_REMOTE has a parameter without a value; write ;name=value'],
  ['sc://spark/;token=hush', 'SPARK_REMOTE would send its token unencrypted; add ;use_ssl=true: spark'],
])('%s is refused, and the token is not said', (text, message) => {
  expect(() => parseRemote(text)).toThrow(new Error(message))
})
