import path from 'node:path'
import { type Config, newSecret } from '../../lib/config'
import { root } from './paths'

type Given = Pick<Config, 'home' | 'databaseUrl' | 'redisUrl'> & Partial<Config>

/** The configuration of an installation below a folder, with secrets of its own. */
export const configBelow = (folder: string, given: Given): Config => ({
  root,
  host: '127.0.0.1',
  port: 0,
  origin: 'http://127.0.0.1:0',
  authSecret: newSecret(),
  secretsKey: newSecret(),
  machineToken: newSecret(),
  artifactsDir: path.join(folder, 'artifacts'),
  spoolDir: path.join(folder, 'spool'),
  workDir: path.join(folder, 'work'),
  tensorflow: { name: 'none' },
  ...given,
})
