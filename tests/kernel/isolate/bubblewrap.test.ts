import { realpathSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bubblewrapArguments } from '../../../kernel/isolate/bubblewrap'

const view = {
  cwd: '/srv/.cellar/work/n',
  readOnly: ['/srv/node_modules', '/srv'],
  readWrite: ['/srv/.cellar/work/n'],
  hidden: ['/srv/.cellar', '/elsewhere/secrets'],
  network: true,
  temporaryBytes: 1000,
}

/** What is mounted from the machine, in order. */
function mounts(args: string[]) {
  const found: string[] = []
  for (const [i, arg] of args.entries()) {
    const path = arg === '--tmpfs' ? args[i + 1] : /^--(ro-)?bind/.test(arg) ? args[i + 2] : undefined
    if (path?.startsWith('/srv') || path?.startsWith('/elsewhere')) found.push(`${arg} ${path}`)
  }
  return found
}

test('inner mounts come after outer ones: what is hidden stays hidden, the working folder in it shows', () => {
  expect(mounts(bubblewrapArguments(view))).toEqual([
    '--ro-bind-try /srv',
    '--tmpfs /srv/.cellar',
    '--bind /srv/.cellar/work/n',
    '--ro-bind-try /srv/node_modules',
  ])
})

test('the network can be taken away', () => {
  expect([
    bubblewrapArguments(view).includes('--unshare-net'),
    bubblewrapArguments({ ...view, network: false }).includes('--unshare-net'),
  ]).toEqual([false, true])
})

test('of the running node its file alone is shown, wherever it lies', () => {
  const args = bubblewrapArguments(view)
  const node = realpathSync(process.execPath)
  expect(args.slice(args.indexOf(node) - 1, args.indexOf(node) + 2)).toEqual(['--ro-bind-try', node, node])
})
