/**
 * As much of an assembler for WebAssembly as the inner loop of k-means needs: instructions by name, locals by name.
 * Byte values are those of the core specification 2.0, section 5.4.
 */
export type Code = number[]

const unsigned = (value: number): Code => {
  const bytes: Code = []
  let rest = value >>> 0
  do {
    const byte = rest & 0x7f
    rest >>>= 7
    bytes.push(rest ? byte | 0x80 : byte)
  } while (rest)
  return bytes
}

const signed = (value: number): Code => {
  const bytes: Code = []
  let rest = value
  for (;;) {
    const byte = rest & 0x7f
    rest >>= 7
    if ((rest === 0 && !(byte & 0x40)) || (rest === -1 && byte & 0x40)) return [...bytes, byte]
    bytes.push(byte | 0x80)
  }
}

const types = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const
export type ValueType = keyof typeof types

const simd = (code: number): Code => [0xfd, ...unsigned(code)]
/** Without a promise of alignment. */
const at = (offset: number): Code => [0, ...unsigned(offset)]

/** Instructions; operands are on the stack already. */
export const op = {
  i32: (value: number): Code => [0x41, ...signed(value)],
  add: [0x6a],
  sub: [0x6b],
  mul: [0x6c],
  shiftLeft: [0x74],
  less: [0x49],
  select: [0x1b],
  loadI32: (offset = 0): Code => [0x28, ...at(offset)],
  storeI32: (offset = 0): Code => [0x36, ...at(offset)],
  loadF64: (offset = 0): Code => [0x2b, ...at(offset)],
  storeF64: (offset = 0): Code => [0x39, ...at(offset)],
  addF64: [0xa0],
  one: [0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
  load: (offset = 0): Code => [...simd(0x00), ...at(offset)],
  loadSplat: (offset = 0): Code => [...simd(0x0a), ...at(offset)],
  store: (offset = 0): Code => [...simd(0x0b), ...at(offset)],
  zeros: [...simd(0x0c), ...new Array<number>(16).fill(0)],
  infinities: [...simd(0x0c), 0, 0, 0, 0, 0, 0, 0xf0, 0x7f, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f],
  splatI32: simd(0x11),
  bitselect: simd(0x52),
  lessF64x2: simd(0x49),
  addF64x2: simd(0xf0),
  subF64x2: simd(0xf1),
  mulF64x2: simd(0xf2),
} satisfies Record<string, Code | ((value: number) => Code)>

/** Runs `body`, and again while what `again` leaves on the stack is not 0. */
export const repeat = (body: Code, again: Code): Code => [0x03, 0x40, ...body, ...again, 0x0d, 0, 0x0b]

export type Locals = {
  get(name: string): Code
  set(name: string, value: Code): Code
  /** `name = name + value` of i32. */
  raise(name: string, value: Code): Code
}

/** A module with one exported function over a memory that is shared with other threads. */
export function assembleModule(
  name: string,
  parameters: Record<string, ValueType>,
  result: ValueType,
  locals: Record<string, ValueType>,
  write: (locals: Locals) => Code,
): Uint8Array<ArrayBuffer> {
  const names = [...Object.keys(parameters), ...Object.keys(locals)]
  const index = (local: string) => {
    const found = names.indexOf(local)
    if (found < 0) throw new Error(`unknown local: ${local}`)
    return unsigned(found)
  }
  const get = (local: string): Code => [0x20, ...index(local)]
  const set = (local: string, value: Code): Code => [...value, 0x21, ...index(local)]
  const raise = (local: string, value: Code) => set(local, [...get(local), ...value, ...op.add])
  const declared = Object.values(locals).flatMap((type) => [1, types[type]])
  const body = [...unsigned(Object.keys(locals).length), ...declared, ...write({ get, set, raise }), 0x0b]
  const taken = Object.values(parameters).map((type) => types[type])
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, ...unsigned(taken.length), ...taken, 1, types[result]]),
    ...section(2, [1, ...text('environment'), ...text('memory'), 0x02, 0x03, 1, ...unsigned(65_536)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text(name), 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ])
}

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content]
const text = (value: string): Code => [value.length, ...new TextEncoder().encode(value)]
