import type { Backend, Isolation } from '../protocol/events'

/** A host as pages show it. */
export type ConnectedHost = { isolation: Isolation; backend: Backend; kernels: number }

const shared = globalThis as typeof globalThis & { cellarHosts?: Map<string, ConnectedHost> }

/** The hosts that are connected to this process, by machine id; kept by the socket server, read by pages. */
export function connectedHosts(): Map<string, ConnectedHost> {
  shared.cellarHosts ??= new Map()
  return shared.cellarHosts
}
