/** Nothing (more) of a job can be done; the message says why, to whoever asked for it. */
export class JobFailed extends Error {
  override name = 'JobFailed'
}
