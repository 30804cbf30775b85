/** Where a kernel reaches Spark, and with what: its host's broker, which alone knows what opens Spark itself. */
export type SparkAccess = {
  host: string
  port: number
  ssl: boolean
  /** Good for this kernel alone, and as long as it lives. */
  token: string
  userId: string
  sessionId: string
}
