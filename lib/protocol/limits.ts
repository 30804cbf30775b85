/** Limits of what a notebook's kernel may send to the page and leave behind. */
export const limits = {
  /** To the page, of one notebook: stream bytes and messages a second, with a burst of one second more. */
  bytesPerSecond: 1_000_000,
  messagesPerSecond: 1_000,
  /** Kept and shown per execution of a cell, first and last part each. */
  headBytes: 5_000_000,
  tailBytes: 5_000_000,
  /** Displays shown of one execution, together. */
  displayBytes: 10_000_000,
  /** One MIME bundle as JSON; a larger one is cut, and says so. */
  bundleBytes: 10_000_000,
  /** The full log of one execution, a file on the host. */
  logBytes: 1_000_000_000,
} as const
