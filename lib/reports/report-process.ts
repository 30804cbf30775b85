import type { Config } from '../config'
import { createRegistry } from '../metrics/registry'
import type { Backend } from '../protocol/events'
import type { ProcessKind } from '../protocol/report'
import { cellarVersion } from '../version'
import { createReporter } from './reporter'
import { reportToRedis } from './to-redis'

type Place = Pick<Config, 'root' | 'home' | 'redisUrl'> & { tensorflow?: Backend | undefined }

/** Has a process that counts nothing of its own say how it does; the returned function ends it. */
export function reportProcess(kind: ProcessKind, { root, home, redisUrl, tensorflow }: Place): () => void {
  const cellar = cellarVersion(root)
  const report = createReporter({
    registry: createRegistry(cellar),
    home,
    cellar,
    tensorflow: tensorflow ?? { name: 'none' },
  })
  return reportToRedis(redisUrl, kind, report)
}
