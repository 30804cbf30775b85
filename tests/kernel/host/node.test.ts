import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { kernelNode } from '../../../kernel/host/node'

const folder = mkdtempSync(join(tmpdir(), 'cellar-node-'))
afterAll(() => rmSync(folder, { recursive: true }))
const program = join(folder, 'a-node')
writeFileSync(program, '#!/bin/sh\n')
chmodSync(program, 0o755)
symlinkSync(program, join(folder, 'node24'))
const text = join(folder, 'text')
writeFileSync(text, '')

test('kernels run on the Node of CELLAR_KERNEL_NODE, else on node24, else on the one at hand', () => {
  expect([
    kernelNode({ CELLAR_KERNEL_NODE: program, PATH: '/usr/bin' }),
    kernelNode({ PATH: `/nowhere:${folder}` }),
    kernelNode({ PATH: '/nowhere' }),
    kernelNode({}),
  ]).toEqual([program, program, process.execPath, process.execPath])
})

test('a CELLAR_KERNEL_NODE that cannot be run is named', () => {
  expect(() => kernelNode({ CELLAR_KERNEL_NODE: '/nowhere/node' })).toThrow(
    'CELLAR_KERNEL_NODE is not a program: /nowhere/node',
  )
  expect(() => kernelNode({ CELLAR_KERNEL_NODE: text })).toThrow('CELLAR_KERNEL_NODE is not a program')
})
