import type { RevisionContent } from '../../../../lib/notebook/revision-content'
import type { RevisionSummary } from '../../../../lib/revisions/list'
import type { Wire } from '../../wire'

/** A line of the history as the page has it. */
export type RevisionLine = Wire<RevisionSummary>
export type LoadedRevision = RevisionLine & { content: RevisionContent }

const reasons: Record<RevisionLine['reason'], string> = {
  created: 'Created',
  run: 'Run',
  idle: 'Edits',
  named: 'Named',
  restore: 'Restored',
}

/** Why a revision was kept, in one word. */
export const reasonOf = ({ reason }: Pick<RevisionLine, 'reason'>) => reasons[reason]

const time = (at: string) =>
  new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** `14:03:22` */
export const timeOf = ({ createdAt }: Pick<RevisionLine, 'createdAt'>) => time(createdAt)

/** `before the split`, else `Today, 14:03:22, run`. */
export const titleOf = (line: RevisionLine, now = new Date()) =>
  line.name ?? `${dayOf(line.createdAt, now)}, ${timeOf(line)}, ${reasonOf(line).toLowerCase()}`

/** `Today`, `Yesterday`, else `Fri, 20 Nov 2026`. */
export function dayOf(at: string, now: Date): string {
  const day = new Date(at)
  if (sameDay(day, now)) return 'Today'
  if (sameDay(day, new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))) return 'Yesterday'
  return day.toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
}

const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString()

/** Lines under their days, in the order given. */
export function byDay(lines: readonly RevisionLine[], now: Date): { day: string; lines: RevisionLine[] }[] {
  const days: { day: string; lines: RevisionLine[] }[] = []
  for (const line of lines) {
    const day = dayOf(line.createdAt, now)
    const last = days.at(-1)
    if (last?.day === day) last.lines.push(line)
    else days.push({ day, lines: [line] })
  }
  return days
}
