import { describe, expect, test } from 'vitest'
import { palette, type Scheme } from '../../../app/_ui/palette'

const texts: (keyof Scheme)[] = [
  'text',
  'dimmed',
  'accent',
  'runningText',
  'staleText',
  'failedText',
  'doneText',
  'syntaxKeyword',
  'syntaxString',
  'syntaxNumber',
  'syntaxType',
  'syntaxFunction',
  'syntaxComment',
]

describe.each(['light', 'dark'] as const)('in the %s scheme', (name) => {
  const scheme = palette[name]

  test.each(texts)('%s is legible on every surface (WCAG AA, 4.5 : 1)', (text) => {
    const low = (['body', 'surface', 'inset', 'hover'] as const).filter(
      (surface) => contrast(scheme[text], scheme[surface]) < 4.5,
    )
    expect(low).toEqual([])
  })

  test.each([
    ['accent', 'accentSoft', 4.5],
    ['failedText', 'failedSoft', 4.5],
    ['staleText', 'staleSoft', 4.5],
    ['text', 'selection', 4.5],
    ['borderStrong', 'surface', 3],
    ['running', 'surface', 3],
    ['failed', 'surface', 3],
    ['done', 'surface', 3],
  ] as const)('%s stands out from %s by %d : 1', (front, back, least) => {
    expect(contrast(scheme[front], scheme[back])).toBeGreaterThanOrEqual(least)
  })
})

/** WCAG 2 contrast ratio of two colours such as `#8a2a49`. */
function contrast(a: string, b: string) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
