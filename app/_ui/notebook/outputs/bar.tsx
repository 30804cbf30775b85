import classes from './training.module.css'

/** A progress bar. `part`: 0 to 1, undefined where the end is not known. */
export function Bar({ label, part, done }: { label: string; part: number | undefined; done: boolean }) {
  const percent = part === undefined ? undefined : Math.round(Math.min(1, Math.max(0, part)) * 1000) / 10
  return (
    <div
      className={classes.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      data-done={done || undefined}
    >
      <div
        data-unknown={percent === undefined || undefined}
        style={{ width: percent === undefined ? '30%' : `${percent}%` }}
      />
    </div>
  )
}
