import { expect, test } from 'vitest'
import { containsDigits } from '../../../../kernel/child/tables/digits'

test('digits are found in a number exactly where its text contains them', () => {
  const numbers = [0, 1, 5, 10, 50, 100, 105, 1005, 5001, 12_345, 99_999, 1_000_000, -1050, 2 ** 53 - 1]
  for (const digits of [
    '0',
    '00',
    '05',
    '5',
    '10',
    '100',
    '000',
    '1005',
    '345',
    '99',
    '9007199254740991',
    '7',
  ]) {
    expect([digits, numbers.filter(containsDigits(digits))]).toEqual([
      digits,
      numbers.filter((number) => String(number).includes(digits)),
    ])
  }
})
