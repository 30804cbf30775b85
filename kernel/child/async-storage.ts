import { AsyncLocalStorage } from 'node:async_hooks'

/** From here on a Stop survives `AsyncLocalStorage`: tried on 24, lost every time on 20. */
const firstSafe = 24

/** Says once, where it matters, that a Stop may now cost the kernel. */
export function warnOfAsyncStorage(warn: (text: string) => void) {
  if (Number.parseInt(process.versions.node, 10) >= firstSafe) return
  const { prototype } = AsyncLocalStorage
  const { run, enterWith } = prototype
  const once = () => {
    Object.assign(prototype, { run, enterWith })
    warn(
      `AsyncLocalStorage is in use: in Node ${process.version} stopping a cell may then end the kernel; in Node ${firstSafe} it does not\n`,
    )
  }
  prototype.run = function (this: AsyncLocalStorage<unknown>, ...args: Parameters<typeof run>) {
    once()
    return run.apply(this, args)
  } as typeof run
  prototype.enterWith = function (store) {
    once()
    enterWith.call(this, store)
  }
}
