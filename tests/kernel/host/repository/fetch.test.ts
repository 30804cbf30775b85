import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkAddress, repositoryPolicy } from '../../../../kernel/host/repository/address'
import { fetchRepository } from '../../../../kernel/host/repository/fetch'
import { serveRepository } from '../../../support/repository'

let repository: Awaited<ReturnType<typeof serveRepository>>
let folder: string
let first: string
let second: string
beforeAll(async () => {
  repository = await serveRepository()
  folder = await mkdtemp(path.join(tmpdir(), 'cellar-fetch-'))
  first = repository.commit({ 'models/train.ts': 'first' }, 'one')
  second = repository.commit({ 'models/train.ts': 'second' }, 'two')
  repository.git('branch', 'feature/wide')
  repository.git('checkout', '--quiet', '-b', 'other')
  repository.commit({ 'models/train.ts': 'other' }, 'elsewhere')
  repository.git('checkout', '--quiet', 'main')
})
afterAll(async () => {
  await repository.close()
  await rm(folder, { recursive: true })
})

const loopback = repositoryPolicy({ CELLAR_REPOSITORY_NETWORKS: '127.0.0.1/32' })
const nothing = repositoryPolicy({})
const empty = () => mkdtemp(path.join(folder, 'checkout-'))

test('the newest commit of a branch is checked out', async () => {
  const at = await empty()
  const order = { address: repository.address, branch: 'main', commit: null }
  expect(await fetchRepository(order, at, loopback)).toEqual({
    hash: second,
    author: 'Ada',
    message: 'two',
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  })
  expect(await readFile(path.join(at, 'models/train.ts'), 'utf8')).toBe('second')
})

test('a pinned commit is checked out, where it is on the branch', async () => {
  const at = await empty()
  const order = { address: repository.address, branch: 'feature/wide', commit: first }
  expect((await fetchRepository(order, at, loopback)).hash).toBe(first)
  expect(await readFile(path.join(at, 'models/train.ts'), 'utf8')).toBe('first')
  const elsewhere = repository.git('rev-parse', 'other')
  await expect(fetchRepository({ ...order, commit: elsewhere }, await empty(), loopback)).rejects.toThrow(
    `the commit is not on the branch feature/wide, ${elsewhere}`,
  )
})

test('a branch that is not there is named', async () => {
  const order = { address: repository.address, branch: 'gone', commit: null }
  await expect(fetchRepository(order, await empty(), loopback)).rejects.toThrow(
    `the repository has no branch of this name, gone: ${repository.address}`,
  )
})

test('hooks do not run, and links are plain files', async () => {
  const { git } = repository
  git('checkout', '--quiet', '-b', 'links')
  await symlink('/etc/passwd', path.join(repository.folder, '../models/link.ts'))
  repository.commit({ '.gitattributes': '* filter=evil\n' })
  git('checkout', '--quiet', 'main')
  const at = await empty()
  await fetchRepository({ address: repository.address, branch: 'links', commit: null }, at, loopback)
  const entries = await readdir(path.join(at, 'models'), { withFileTypes: true })
  expect(entries.map((entry) => [entry.name, entry.isFile()])).toEqual([
    ['link.ts', true],
    ['train.ts', true],
  ])
})

test('a repository that is too large is refused', async () => {
  const order = { address: repository.address, branch: 'main', commit: null }
  await expect(
    fetchRepository(order, await empty(), loopback, { bytes: 2 ** 10, ms: 30_000 }),
  ).rejects.toThrow(`the repository is larger than 0 MiB: ${repository.address}`)
})

const refused: [string, string, ReturnType<typeof repositoryPolicy>, string][] = [
  [
    'this machine',
    'https://127.0.0.1/a.git',
    nothing,
    'the address is not on the public internet: https://127.0.0.1/a.git',
  ],
  [
    'a private network',
    'https://[fd00::1]/a.git',
    nothing,
    'the address is not on the public internet: https://[fd00::1]/a.git',
  ],
  [
    'plain http of the internet',
    'http://1.1.1.1/a.git',
    nothing,
    'only https addresses are pulled from the internet: http://1.1.1.1/a.git',
  ],
  ['a command', 'ext::sh -c id', nothing, 'only https addresses are pulled from: ext::sh -c id'],
  [
    'an option',
    '--upload-pack=id',
    nothing,
    'not an address of a repository, give one as https://…: --upload-pack=id',
  ],
  [
    'ssh',
    'ssh://git@example.org/a.git',
    nothing,
    'only https addresses are pulled from: ssh://git@example.org/a.git',
  ],
  ['a file', 'file:///etc', nothing, 'only https addresses are pulled from: file:///etc'],
  [
    'a password',
    'https://me:secret@1.1.1.1/a.git',
    nothing,
    'an address with a password is not pulled from: 1.1.1.1',
  ],
  [
    'a path',
    '/etc',
    nothing,
    'local repositories are pulled only from folders that the owner of this machine allows with CELLAR_REPOSITORY_FOLDERS: /etc',
  ],
]
test.each(refused)('refuses %s', async (_title, address, policy, message) => {
  await expect(checkAddress(address, policy)).rejects.toThrow(message)
})

test('local repositories are pulled from folders that are allowed, and not through a link out of them', async () => {
  const policy = repositoryPolicy({
    CELLAR_REPOSITORY_FOLDERS: `${path.dirname(path.dirname(repository.folder))}:${folder}`,
  })
  const at = await empty()
  await fetchRepository({ address: repository.folder, branch: 'feature/wide', commit: null }, at, policy)
  expect(await readFile(path.join(at, 'models/train.ts'), 'utf8')).toBe('second')
  await symlink('/etc', path.join(folder, 'out'))
  await expect(checkAddress(path.join(folder, 'out'), policy)).rejects.toThrow(
    'local repositories are pulled only',
  )
})
