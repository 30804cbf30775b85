import { existsSync } from 'node:fs'
import path from 'node:path'

/** A Chromium for browser tests: `$CHROMIUM`, one on PATH, or the one that `@sparticuz/chromium` unpacks. */
export async function findChromium(): Promise<{ path: string; args: string[] }> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  const given = process.env.CHROMIUM
  if (given) return { path: given, args }
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
      if (folder && existsSync(path.join(folder, name))) return { path: path.join(folder, name), args }
    }
  }
  try {
    const { default: bundled } = await import('@sparticuz/chromium')
    return { path: await bundled.executablePath(), args: [...bundled.args, ...args] }
  } catch (cause) {
    throw new Error('no Chromium was found; install one with: apt-get install chromium', { cause })
  }
}
