/** Bundled into one file by `bin/build.mjs`, with gRPC in it: a kernel loads it when a cell first uses Spark. */
export { connect } from '../../../lib/spark/client'
export { createSession } from '../../../lib/spark/session'
