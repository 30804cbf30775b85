import { expect, test } from 'vitest'
import { accountProblems } from '../../../app/(auth)/register/account'
import { localPath } from '../../../app/(auth)/sign-in/local-path'

test('registering names each field that is not right', () => {
  expect(accountProblems({ name: '', email: 'ada@', password: 'short' })).toEqual({
    name: 'Enter your name.',
    email: 'Enter an e-mail address, such as ada@example.org.',
    password: 'Use at least 10 characters; this has 5.',
  })
  expect(accountProblems({ name: 'Ada', email: 'ada@example.org', password: 'ten letters' })).toEqual({})
})

test('signing in leads only to a path of this installation', () => {
  expect(
    [
      '/n/1?x=2',
      'http://127.0.0.1:3000/settings',
      'https://evil.example/endpoints',
      '//evil.example/x',
      '/\\evil.example',
      'http://local//evil.example',
      'javascript:alert(1)',
      ['/a'],
      undefined,
    ].map(localPath),
  ).toEqual(['/n/1?x=2', '/settings', '/endpoints', '/x', '/', '/', '/', '/', '/'])
})
