/** A running PostgreSQL or Redis, started or adopted. */
export type Server = {
  /** With user and password; the same after a restart, as long as its port is free. */
  url: string
  pid: number
  version: string
  /** Resolves when the process is gone. */
  ended(): Promise<void>
  stop(): Promise<void>
}
