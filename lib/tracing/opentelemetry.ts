import type { Context } from '@opentelemetry/api'
import type { Span, TraceContext, Tracing } from './tracing'

/** Spans to an OTLP receiver over HTTP. Sampler, receiver, headers, limits and resource come from `OTEL_*`. */
export async function createTracing(service: string): Promise<Tracing> {
  // Here: in a bundle, imports at the top would be loaded by every process.
  const [api, core, exporter, resources, sdk] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/core'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace-node'),
  ])
  const { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = api
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources
  const kinds = {
    server: SpanKind.SERVER,
    producer: SpanKind.PRODUCER,
    consumer: SpanKind.CONSUMER,
    internal: SpanKind.INTERNAL,
  }
  const provider = new sdk.NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': service, 'process.pid': process.pid }))
      // What a person set counts.
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new sdk.BatchSpanProcessor(new exporter.OTLPTraceExporter())],
  })
  const tracer = provider.getTracer('cellar')
  const propagator = new core.W3CTraceContextPropagator()

  function contextOf(parent: TraceContext | undefined): Context {
    return parent ? propagator.extract(ROOT_CONTEXT, parent, defaultTextMapGetter) : ROOT_CONTEXT
  }

  return {
    start(name, { kind, parent, attributes, at }): Span {
      const span = tracer.startSpan(name, { kind: kinds[kind], attributes, startTime: at }, contextOf(parent))
      let context: TraceContext | undefined
      if (span.isRecording()) {
        context = { traceparent: '' }
        propagator.inject(trace.setSpan(ROOT_CONTEXT, span), context, defaultTextMapSetter)
      }
      return {
        context,
        set: (more) => void span.setAttributes(more),
        end({ failure, at: end } = {}) {
          if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure })
          span.end(end)
        },
      }
    },
    close: () => provider.shutdown(),
  }
}
