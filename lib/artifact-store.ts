import { type ArtifactStore, localArtifacts } from './artifacts'
import { s3Artifacts } from './s3-artifacts'

/** What says where artifacts are, and what processes that run people's code are not given. */
export const storeSecrets = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const

/**
 * The artifacts of this installation: in a folder, or, where `CELLAR_ARTIFACTS_S3` names a bucket
 * (`https://<server>/<bucket>[/<prefix>]`), there, with copies in the folder. Throws where its credentials are missing.
 */
export function openArtifacts(
  folder: string,
  environment: Record<string, string | undefined> = process.env,
): ArtifactStore {
  const {
    CELLAR_ARTIFACTS_S3: url,
    AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY,
    AWS_SESSION_TOKEN,
  } = environment
  if (!url) return localArtifacts(folder)
  if (!URL.canParse(url) || !/^https?:\/\/[^/]+\/[^/]+/.test(url))
    throw new Error(`CELLAR_ARTIFACTS_S3 takes https://<server>/<bucket>[/<prefix>], got ${url}`)
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY)
    throw new Error('the artifact store needs credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY')
  return s3Artifacts(
    {
      url,
      region: environment.AWS_REGION ?? 'us-east-1',
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    },
    folder,
  )
}
