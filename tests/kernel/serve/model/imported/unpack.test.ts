import { buffer } from 'node:stream/consumers'
import { crc32, gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { expect, test } from 'vitest'
import { unpack } from '../../../../../kernel/serve/model/imported/unpack'
import { file } from './support'

const text = (value: string) => new Uint8Array(Buffer.from(value))

async function tar(...entries: [string, string | { link: string }][]): Promise<Uint8Array> {
  const archive = pack()
  for (const [name, content] of entries)
    if (typeof content === 'string') archive.entry({ name }, content)
    else archive.entry({ name, type: 'symlink', linkname: content.link })
  archive.finalize()
  return buffer(archive)
}

/** A zip with one stored file, written by hand: libraries refuse to write such names. */
function zip(name: string, content: string, { mode = 0o100644, size = content.length } = {}): Uint8Array {
  const crc = crc32(content)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt32LE(crc, 14)
  local.writeUInt32LE(content.length, 18)
  local.writeUInt32LE(size, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE((3 << 8) | 20, 4)
  central.writeUInt16LE(20, 6)
  central.writeUInt32LE(crc, 16)
  central.writeUInt32LE(content.length, 20)
  central.writeUInt32LE(size, 24)
  central.writeUInt16LE(name.length, 28)
  central.writeUInt32LE((mode << 16) >>> 0, 38)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + content.length, 16)
  return Buffer.concat([local, Buffer.from(name), Buffer.from(content), central, Buffer.from(name), end])
}

const pathsOf = (files: { path: string }[]) => files.map(({ path }) => path).sort()

test('files come as they are, archives as what they hold', async () => {
  const files = [
    { path: 'a.bin', data: text('a') },
    { path: 'b.zip', data: zip('b/model.json', '{}') },
    { path: 'c.tar', data: await tar(['./c/one', '1'], ['c/._one', 'mac'], ['__MACOSX/c', 'mac']) },
    { path: 'd.tgz', data: gzipSync(await tar(['d/two', '22'])) },
  ]
  expect(await unpack(files)).toEqual([
    { path: 'a.bin', data: Buffer.from('a') },
    { path: 'b/model.json', data: Buffer.from('{}') },
    { path: 'c/one', data: Buffer.from('1') },
    { path: 'd/two', data: Buffer.from('22') },
  ])
})

test('a zip of Python is read', async () => {
  expect(pathsOf(await unpack([file('scorer.zip')]))).toEqual([
    'scorer/saved_model.pb',
    'scorer/variables/variables.data-00000-of-00001',
    'scorer/variables/variables.index',
  ])
})

const refused: [string, () => Promise<Uint8Array> | Uint8Array, string][] = [
  ['a path upwards in a zip', () => zip('../x', 'x'), '../x'],
  ['an absolute path in a zip', () => zip('/etc/x', 'x'), '/etc/x'],
  [
    'a path upwards in a tar',
    () => tar(['a/../../x', 'x']),
    'the archive holds a path that leads out of it: a/../../x',
  ],
  [
    'an absolute path in a tar',
    () => tar(['/etc/x', 'x']),
    'the archive holds a path that leads out of it: /etc/x',
  ],
  [
    'a link in a tar',
    () => tar(['x', { link: '/etc/passwd' }]),
    'the archive holds a symlink, and only files can be loaded: x',
  ],
  [
    'a link in a zip',
    () => zip('x', '/etc/passwd', { mode: 0o120777 }),
    'the archive holds a link, and only files can be loaded: x',
  ],
  ['a file that is twice there', () => tar(['x', '1'], ['./x', '2']), 'there are two files of this name: x'],
  ['a zip that is cut off', () => zip('x', 'x').subarray(0, 40), 'the archive cannot be read'],
  [
    'a gzip that is cut off',
    async () => gzipSync(await tar(['x', 'x'])).subarray(0, 40),
    'the archive cannot be read',
  ],
]
test.each(refused)('refuses %s', async (_title, make, message) => {
  await expect(unpack([{ path: 'upload', data: await make() }])).rejects.toThrow(message)
})

test('counts bytes while it unpacks: a bomb is refused after what is allowed', async () => {
  const bomb = gzipSync(await tar(['zeros', '0'.repeat(4 * 2 ** 20)]))
  expect(bomb.length).toBeLessThan(20_000)
  await expect(unpack([{ path: 'bomb.tgz', data: bomb }], { files: 10, bytes: 2 ** 20 })).rejects.toThrow(
    'the files are larger than 1 MiB when unpacked: bomb.tgz',
  )
})

test('counts files', async () => {
  const many = await tar(['a', ''], ['b', ''], ['c', ''])
  await expect(unpack([{ path: 'many.tar', data: many }], { files: 2, bytes: 1000 })).rejects.toThrow(
    'the archive holds more than 2 files: many.tar',
  )
})
