import { describe, expect, test } from 'vitest'
import { createKeyMatcher, isChord, type Stroke } from '../../../app/_ui/key-matcher'

const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  timeStamp: 0,
  ...more,
})

describe('a chord', () => {
  test.each([
    ['a', stroke('a'), true],
    ['a', stroke('A', { shiftKey: true }), false],
    ['shift+m', stroke('M', { shiftKey: true }), true],
    ['shift+enter', stroke('Enter', { shiftKey: true }), true],
    ['shift+enter', stroke('Enter'), false],
    ['mod+k', stroke('k', { ctrlKey: true }), true],
    ['mod+k', stroke('k', { metaKey: true }), true],
    ['k', stroke('k', { ctrlKey: true }), false],
    ['?', stroke('?', { shiftKey: true }), true],
    ['/', stroke('/'), true],
    ['esc', stroke('Escape'), true],
    ['up', stroke('ArrowUp'), true],
    ['space', stroke(' '), true],
    ['space', stroke(' ', { shiftKey: true }), false],
    ['shift+space', stroke(' ', { shiftKey: true }), true],
    ['1', stroke('1'), true],
    ['alt+enter', stroke('Enter', { altKey: true }), true],
    ['ctrl+shift+-', stroke('_', { ctrlKey: true, shiftKey: true }), false],
    ['ctrl+shift+-', stroke('-', { ctrlKey: true, shiftKey: true }), true],
  ])('%s is typed or not by %o: %s', (chord, typed, expected) => {
    expect(isChord(typed, chord)).toBe(expected)
  })
})

describe('a sequence', () => {
  const bindings = [{ keys: 'd d' }, { keys: 'g n' }, { keys: 'j' }]
  const type = (strokes: Stroke[]) => {
    const match = createKeyMatcher()
    return strokes.map((typed) => match(typed, bindings)?.keys)
  }

  test('is complete with its last stroke, and begins anew after it', () => {
    const strokes = [0, 100, 200, 300].map((timeStamp) => stroke('d', { timeStamp }))
    expect(type(strokes)).toEqual([undefined, 'd d', undefined, 'd d'])
  })

  test('is forgotten after 800 ms', () => {
    expect(type([stroke('d'), stroke('d', { timeStamp: 801 })])).toEqual([undefined, undefined])
  })

  test('is not joined over another key', () => {
    expect(type([stroke('d'), stroke('j'), stroke('d')])).toEqual([undefined, 'j', undefined])
  })

  test('is not broken by a modifier that goes down', () => {
    expect(type([stroke('g'), stroke('Shift', { shiftKey: true }), stroke('n')])).toEqual([
      undefined,
      undefined,
      'g n',
    ])
  })
})
