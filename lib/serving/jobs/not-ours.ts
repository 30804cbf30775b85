/** What is over for a runner: the job was cancelled, or has become another's. */
export class NotOurs extends Error {
  override name = 'NotOurs'
}
