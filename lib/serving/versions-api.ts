import type { IncomingMessage } from 'node:http'
import type { VersionState, VersionStatus } from '../protocol/version-status'

/** A version as applications see it. */
export type ApiVersion = {
  version: string
  status: VersionStatus
  state: VersionState
  created_at: string
}

type Place = { workspaceId: string; endpoint: string }

/** What applications may do with an endpoint's versions beside asking them. Each rejects with `Refusal`. */
export type VersionsApi = {
  /** Newest first. */
  list(place: Place): Promise<ApiVersion[]>
  /** Makes a version of the model in a form's files. */
  upload(
    place: Place & { author: string; status: VersionStatus },
    request: IncomingMessage,
  ): Promise<{ version: string; url: string; page: string }>
  setStatus(
    change: Place & { author: string; version: string; status: VersionStatus; reason?: string },
  ): Promise<void>
  /** A version as a file. */
  exported(
    asked: Place & { version: string; format: string | null },
  ): Promise<{ name: string; type: string; data: Uint8Array | string }>
}
