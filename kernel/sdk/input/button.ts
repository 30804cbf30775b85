import type { InputDefinition, InputOptions } from './definition'

/** The variable counts how often it was pressed. */
export function button({ label = '' }: InputOptions = {}): InputDefinition<number> {
  return {
    label,
    control: { kind: 'button' },
    initial: 0,
    accept: (sent) => (Number.isSafeInteger(sent) && (sent as number) >= 0 ? sent : undefined),
    decode: Number,
  }
}
