/** Where a run's records go. */
export type RunHost = {
  params(values: Record<string, unknown>): void
  metric(name: string, value: number, step?: number): void
  tag(tags: string[]): void
  artifact(name: string, value: unknown, options: ArtifactOptions): Promise<void>
}
export type TrackHost = {
  /** The run that code without a run of its own belongs to; made at the first call of an execution. */
  current(): RunHost
  run<T>(name: string, work: (run: RunHost) => T | Promise<T>): Promise<T>
}

export type ArtifactOptions = {
  /** MIME type of bytes or text; by the name's ending unless given. */
  type?: string
}

/** Records what an experiment was made with and how well it did. */
export type Run = {
  /** What it was made with: texts, numbers, true and false. Later values of a name replace earlier ones. */
  params(values: Record<string, string | number | boolean | null>): void
  /** One more point of a metric. `step`: its place on the axis; counted from 0 unless given. */
  metric(name: string, value: number, step?: number): void
  /** One more point of several metrics. */
  metrics(values: Record<string, number>, step?: number): void
  /** Words to find it by. */
  tag(...tags: string[]): void
  /**
   * A file that belongs to it, from bytes, text, a table (CSV), a figure (SVG), a layers model (tfjs's two files), or
   * any value as JSON. Resolves when it is kept.
   */
  artifact(name: string, value: unknown, options?: ArtifactOptions): Promise<void>
}

export type Track = Run & {
  /**
   * A run of its own, such as one set of parameters among many: what `work` records through its argument, or through
   * `track` while nothing else runs beside it, belongs to it. It ends with `work`.
   */
  run<T>(name: string, work: (run: Run) => T | Promise<T>): Promise<T>
}

/** `track` of the module `cellar`. A cell's first record begins a run, which ends with the cell. */
export function createTrack(host: TrackHost): Track {
  return {
    ...runOf(() => host.current()),
    async run(name, work) {
      needText('track.run', name)
      if (typeof work !== 'function') throw new TypeError(`track.run needs a function second: ${typeof work}`)
      return host.run(name, (run) => work(runOf(() => run)))
    },
  }
}

function runOf(host: () => RunHost): Run {
  const metric = (name: string, value: number, step?: number) => {
    needText('track.metric', name)
    if (typeof value !== 'number')
      throw new TypeError(`a metric is a number, ${name} is not: ${String(value)}`)
    if (step !== undefined && !Number.isFinite(step))
      throw new TypeError(`a step is a finite number, that of ${name} is not: ${String(step)}`)
    host().metric(name, value, step)
  }
  return {
    metric,
    params(values) {
      if (typeof values !== 'object' || values === null)
        throw new TypeError(`track.params needs an object, such as { rate: 0.1 }: ${String(values)}`)
      host().params({ ...values })
    },
    metrics(values, step) {
      for (const [name, value] of Object.entries(values)) metric(name, value, step)
    },
    tag(...tags) {
      for (const tag of tags) needText('track.tag', tag)
      host().tag(tags)
    },
    async artifact(name, value, options = {}) {
      needText('track.artifact', name)
      await host().artifact(name, value, options)
    },
  }
}

function needText(what: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || value === '')
    throw new TypeError(`${what} needs a name first: ${String(value)}`)
}
