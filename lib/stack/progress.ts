import { MultiBar, Presets, type SingleBar } from 'cli-progress'

/** Says what a step is at, and how much of that is done (0 to 1) where it is known; shown with its bar. */
export type Report = (what: string, share?: number) => void
export type Step = { label: string; run(report: Report): Promise<unknown> }

/** Runs steps at once, each with a bar on a terminal or a line per change elsewhere. Rejects with the first failure, after all ended. */
export async function runSteps(steps: Step[]) {
  const bars = process.stdout.isTTY
    ? new MultiBar(
        { format: ' {label} {bar} {seconds} s  {what}', hideCursor: true, clearOnComplete: false },
        Presets.shades_classic,
      )
    : undefined
  const width = Math.max(...steps.map(({ label }) => label.length))
  const results = await Promise.allSettled(steps.map((step) => runStep(step, width, bars)))
  bars?.stop()
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

async function runStep(step: Step, width: number, bars: MultiBar | undefined) {
  const began = performance.now()
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1)
  const label = step.label.padEnd(width)
  // How long a step takes is not known before; the bar nears its end and reaches it when the step is done.
  const bar: SingleBar | undefined = bars?.create(100, 0, { label, what: '', seconds: '0.0' })
  let what = ''
  let share: number | undefined
  const draw = () =>
    bar?.update(100 * (share ?? 1 - Math.exp(-Number(seconds()) / 20)), { what, seconds: seconds() })
  const timer = bar && setInterval(draw, 200)
  const report: Report = (now, done) => {
    if (!bar && now !== what) console.log(`  ${label}  ${now}`)
    what = now
    share = done
  }
  try {
    await step.run(report)
    bar?.update(100, { what: 'ready', seconds: seconds() })
  } finally {
    clearInterval(timer)
  }
}
