/** What is over for a runner: what it worked at was cancelled, or has become another's. */
export class NotOurs extends Error {
  override name = 'NotOurs'
}
