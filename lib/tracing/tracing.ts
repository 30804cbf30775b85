/** Headers of W3C Trace Context: which span something belongs to, across processes. */
export type TraceContext = { traceparent: string; tracestate?: string }

export type SpanKind = 'server' | 'producer' | 'consumer' | 'internal'
export type Attributes = Record<string, string | number | boolean>

export type Span = {
  /** For what belongs below it, in this or another process; undefined where the trace is not sampled. */
  readonly context: TraceContext | undefined
  set(attributes: Attributes): void
  /** Ends it, now or at a time in milliseconds since 1970; `failure` says why it failed. */
  end(options?: { failure?: string; at?: number }): void
}

/** Where spans are begun. A process has one only where its environment names a receiver: see `startTracing`. */
export type Tracing = {
  /** Parents are named, not found around the call: requests leave and come back in batches. `at`: a beginning in the past. */
  start(
    name: string,
    options: { kind: SpanKind; parent?: TraceContext; attributes?: Attributes; at?: number },
  ): Span
  /** Sends what has not been sent. */
  close(): Promise<void>
}

const receivers = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']

/**
 * Tracing by OpenTelemetry's own environment variables; undefined where they name no receiver or turn it off. Nothing of
 * OpenTelemetry is loaded then, so that a start and a request cost what they did.
 */
export async function startTracing(
  service: string,
  environment: Record<string, string | undefined> = process.env,
): Promise<Tracing | undefined> {
  const off =
    environment.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || environment.OTEL_TRACES_EXPORTER === 'none'
  if (off || !receivers.some((name) => environment[name])) return undefined
  const { createTracing } = await import('./opentelemetry')
  return createTracing(service)
}
