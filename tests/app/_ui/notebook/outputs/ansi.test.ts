import { describe, expect, test } from 'vitest'
import { overwritten, parseAnsi } from '../../../../../app/_ui/notebook/outputs/ansi'

describe('terminal text', () => {
  test('colours and weights become spans, and other sequences vanish', () => {
    expect(parseAnsi('\u001b[1;31mbad\u001b[0m fine\u001b[2K\u001b]0;title\u0007.').spans).toEqual([
      { text: 'bad', style: { bold: true, color: 'red' } },
      { text: ' fine', style: {} },
      { text: '.', style: {} },
    ])
  })

  test('a style lasts until the next line takes it back', () => {
    const { style } = parseAnsi('\u001b[92mgreen')
    expect(parseAnsi('still \u001b[39mplain', style).spans).toEqual([
      { text: 'still ', style: { color: 'bright-green' } },
      { text: 'plain', style: { color: undefined } },
    ])
  })

  test('256 colours and true colours become CSS colours', () => {
    const colors = parseAnsi('\u001b[38;5;196ma\u001b[38;2;1;2;3mb\u001b[48;5;244mc').spans.map(
      ({ style }) => style,
    )
    expect(colors).toEqual([
      { color: 'rgb(255 0 0)' },
      { color: 'rgb(1 2 3)' },
      { color: 'rgb(1 2 3)', background: 'rgb(128 128 128)' },
    ])
  })

  test('a line shows what was written last after its carriage returns', () => {
    expect(['10%\r50%\rdone', 'windows\r', 'plain'].map(overwritten)).toEqual(['done', 'windows', 'plain'])
  })
})
