import { afterAll, afterEach, beforeAll } from 'vitest'
import { currentUser } from '../../lib/session'
import { registerMachine } from '../../lib/stack/machine'
import { startHost } from './host'
import { addPerson, installation, type Person } from './people'
import { serveWeb } from './web'

type WithWeb = Awaited<ReturnType<typeof installation>> & {
  web: Awaited<ReturnType<typeof serveWeb>>
  /** Somebody with a workspace. */
  owner: Person
  /** Closes it after the test. */
  opened<T extends { close(): unknown }>(thing: T): T
}

/** For the top of a test file: web's live part, and a machine that is registered but not there. */
export function withWeb(): WithWeb {
  const open: { close(): unknown }[] = []
  const at = {
    opened(thing) {
      open.push(thing)
      return thing
    },
  } as WithWeb
  const closing: (() => unknown)[] = []
  beforeAll(async () => {
    Object.assign(at, await installation())
    closing.unshift(at.close)
    await registerMachine(at.config.databaseUrl, at.config.machineToken)
    at.web = await serveWeb(at.db)
    closing.unshift(at.web.close)
    at.owner = await addPerson(at.db, 'owner')
  })
  afterEach(() => {
    for (const thing of open.splice(0)) thing.close()
  })
  afterAll(async () => {
    for (const close of closing) await close()
  })
  return at
}

/** The same with the machine's host, whose kernels run cells. */
export function withHost(): WithWeb {
  const at = withWeb()
  let host: Awaited<ReturnType<typeof startHost>> | undefined
  beforeAll(async () => {
    host = await startHost(at.config, at.web.origin)
    // Loads what checks sessions: the first handshake of a page must not wait for that.
    await currentUser(at.owner.cookie, at.db)
  })
  afterAll(() => host?.close())
  return at
}
