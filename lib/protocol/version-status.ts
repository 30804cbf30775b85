/** What a version is for. One of an endpoint's is in production at a time. */
export const versionStatuses = ['testing', 'staging', 'production', 'ab_testing'] as const
export type VersionStatus = (typeof versionStatuses)[number]

export const isVersionStatus = (text: string): text is VersionStatus =>
  (versionStatuses as readonly string[]).includes(text)
