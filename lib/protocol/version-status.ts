/** What a version is for. One of an endpoint's is in production at a time. */
export const versionStatuses = ['testing', 'staging', 'production', 'ab_testing'] as const
export type VersionStatus = (typeof versionStatuses)[number]

export const isVersionStatus = (text: string): text is VersionStatus =>
  (versionStatuses as readonly string[]).includes(text)

/** `checking` until its self-test has passed; a deleted version's row stays, for its history and its log. */
export const versionStates = ['checking', 'ready', 'rejected', 'deleted'] as const
export type VersionState = (typeof versionStates)[number]
