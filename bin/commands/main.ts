/** The commands of `cellar`. Each is loaded when it is asked for, and returns the exit code. */
const commands: Record<string, { what: string; run(args: string[]): Promise<number> }> = {
  start: {
    what: 'set up what is missing and run Cellar',
    run: async () => (await import('./start')).start(),
  },
  run: {
    what: 'run a notebook file without a page: cellar run FILE',
    run: async (args) => (await import('./run')).run(args),
  },
  serve: {
    what: 'serve an exported version from its file: cellar serve FILE.tgz [--port N]',
    run: async (args) => (await import('./serve')).serve(args),
  },
  gateway: {
    what: 'give an endpoint a port for clients of MLflow: cellar gateway --mlflow ENDPOINT --port N',
    run: async (args) => (await import('./gateway')).gateway(args),
  },
  web: {
    what: 'run the web process alone, configured by the environment (docs/containers.md)',
    run: async () => (await import('./process')).runProcess('web'),
  },
  host: {
    what: 'run a host of kernels alone, configured by the environment',
    run: async () => (await import('./process')).runProcess('host'),
  },
  worker: {
    what: 'run a worker for predictions alone, configured by the environment',
    run: async () => (await import('./process')).runProcess('worker'),
  },
  jobs: {
    what: 'run what works at batches and sends webhooks alone, configured by the environment',
    run: async () => (await import('./process')).runProcess('jobs'),
  },
  data: {
    what: 'move data sets between a checkout and Cellar: cellar data list | pull | push | status; alone, run what computes with them',
    run: async (args) =>
      args.length > 0 ? (await import('./data')).data(args) : (await import('./process')).runProcess('data'),
  },
  trainer: {
    what: 'run what trains models of data sets alone, configured by the environment',
    run: async () => (await import('./process')).runProcess('trainer'),
  },
  spark: {
    what: 'run a Spark on this machine: cellar spark start | stop | status',
    run: async (args) => (await import('./spark')).spark(args),
  },
  prepare: {
    what: 'make what an image needs: TensorFlow and the pages',
    run: async () => (await import('./prepare')).prepare(),
  },
  health: {
    what: 'ask web whether it is well: cellar health [URL]',
    run: async (args) => (await import('./health')).health(args),
  },
  doctor: {
    what: 'show what was found, what is missing, and how to mend it',
    run: async () => (await import('./doctor')).doctor(),
  },
  test: {
    what: 'run the tests: cellar test [slow | node | compat]',
    run: async (args) => (await import('./test')).test(args),
  },
  bench: {
    what: 'measure, and print a table and JSON',
    run: async (args) => (await import('./bench')).bench(args),
  },
}

export async function main(args: string[]) {
  const [name = 'help', ...rest] = args
  const command = commands[name]
  if (!command) {
    const width = Math.max(...Object.keys(commands).map((key) => key.length))
    console.log(
      Object.entries(commands)
        .map(([key, { what }]) => `cellar ${key.padEnd(width)}  ${what}`)
        .join('\n'),
    )
    process.exitCode = name === 'help' || name === '--help' ? 0 : 2
    return
  }
  try {
    process.exit(await command.run(rest))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    if (process.env.DEBUG) console.error(error)
    process.exit(1)
  }
}
