import type { VersionOrigin } from '../../../../../lib/protocol/dataset'

/** Where a version came from, in words. */
export const originNames: Record<VersionOrigin, string> = {
  upload: 'Uploaded',
  edit: 'Edited',
  notebook: 'Saved from a notebook',
  query: 'Saved from a query',
  restore: 'Restored',
  push: 'Pushed',
  example: 'Example',
  requests: 'Requests of an endpoint',
}
