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

/** The largest file that an input takes, bytes. */
export const uploadBytes = 500_000_000

/** Most rows of a table's page, and most columns of an ask: so much goes over the wire at once. */
export const maxPageRows = 100
export const maxAskedColumns = 200

/** So many distinct values of a column are counted, of numbers (and times) and of all others. */
export const maxDistinct = { numbers: 2 ** 20, values: 200_000 }

/** Entries of one answer. */
export const inspectedEntries = 100
/** Names of one answer. */
export const listedVariables = 1000

/** Of the runs that cells record. Lengths are UTF-16 units. */
export const tracking = {
  nameLength: 100,
  paramLength: 2000,
  params: 500,
  tags: 50,
  metrics: 200,
  pointsPerMetric: 200_000,
  pointsPerMessage: 2000,
  artifactNameLength: 200,
  artifacts: 200,
  artifactBytes: 500_000_000,
} as const

/** Tables, and data files, that completion in SQL cells offers. */
export const offeredTables = 200
export const offeredFiles = 300

/** What one result of Spark may hold in a kernel: bytes as they come, of columns. */
export const sparkResultBytes = 512 * 2 ** 20

/** A workbook is read whole, by a process of its own: bytes as it comes, its parts when they are unpacked, and the heap for its cells. */
export const workbook = {
  bytes: 50 * 2 ** 20,
  unpackedBytes: 256 * 2 ** 20,
  parts: 10_000,
  heapBytes: 2 * 2 ** 30,
  ms: 300_000,
} as const
