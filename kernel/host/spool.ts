import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { comparePositions, type KernelEvent, type Position } from '../../lib/protocol/events'

/**
 * A notebook's events on disk until web has committed them. Segments of lines of JSON, each named for its first
 * event; only the newest is written, older ones go once all of theirs is acknowledged. An event is in the file before it
 * is sent, so that whoever has it can ask for what follows; it is not synced, since it need not survive the machine.
 */
export type Spool = {
  append(event: KernelEvent): void
  /** The last event appended, (0, 0) for none. */
  last(): KernelEvent | undefined
  position(): Position
  /** Everything up to here is in web's database. */
  acknowledge(upTo: Position): void
  acknowledged(): Position
  /** About the bytes on disk that wait for that. */
  waiting(): number
  /** Events after a position, at least one if there are any, about `maxBytes` of them. */
  read(after: Position, maxBytes: number): KernelEvent[]
  close(): void
  /** Closes it and deletes its files. */
  remove(): void
}

type Segment = { file: string; first: Position; bytes: number }
const start: Position = { epoch: 0, seq: 0 }

/** Opens or makes the spool in a folder; what a killed process left half-written at its end is cut off. */
export function openSpool(folder: string, segmentBytes = 4_000_000): Spool {
  mkdirSync(folder, { recursive: true })
  const segments = listSegments(folder)
  for (const segment of segments.slice(-1)) segment.bytes = mend(segment.file)
  if (segments.at(-1)?.bytes === 0) unlinkSync(segments.pop()!.file)
  let last = segments.length > 0 ? readSegment(segments.at(-1)!).at(-1) : undefined
  let acknowledged = start
  let descriptor: number | undefined

  const open = (event: KernelEvent) => {
    const current = segments.at(-1)
    if (current && current.bytes < segmentBytes) {
      descriptor ??= openSync(current.file, 'a')
      return descriptor
    }
    if (descriptor !== undefined) closeSync(descriptor)
    const file = join(folder, segmentName(event))
    descriptor = openSync(file, 'a')
    segments.push({ file, first: event, bytes: 0 })
    return descriptor
  }
  const close = () => {
    if (descriptor !== undefined) closeSync(descriptor)
    descriptor = undefined
  }

  return {
    append(event) {
      const line = Buffer.from(`${JSON.stringify(event)}\n`)
      const file = open(event)
      const segment = segments.at(-1)!
      try {
        for (let at = 0; at < line.length; ) at += writeSync(file, line, at)
      } catch (error) {
        // A full disk: half a line must not stand before the next one.
        ftruncateSync(file, segment.bytes)
        throw error
      }
      segment.bytes += line.length
      last = event
    },
    last: () => last,
    position: () => (last ? { epoch: last.epoch, seq: last.seq } : start),
    acknowledge(upTo) {
      if (comparePositions(upTo, acknowledged) > 0) acknowledged = { epoch: upTo.epoch, seq: upTo.seq }
      while (segments.length > 1 && comparePositions(segments[1]!.first, after(acknowledged)) <= 0)
        unlinkSync(segments.shift()!.file)
    },
    acknowledged: () => acknowledged,
    waiting() {
      if (!last || comparePositions(acknowledged, last) >= 0) return 0
      return segments.reduce((sum, { bytes }) => sum + bytes, 0)
    },
    read(from, maxBytes) {
      const events: KernelEvent[] = []
      let bytes = 0
      for (const [i, segment] of segments.entries()) {
        const next = segments[i + 1]
        if (next && comparePositions(next.first, after(from)) <= 0) continue
        for (const line of readLines(segment.file)) {
          const event = JSON.parse(line) as KernelEvent
          if (comparePositions(event, from) <= 0) continue
          if (events.length > 0 && bytes + line.length > maxBytes) return events
          events.push(event)
          bytes += line.length
        }
      }
      return events
    },
    close,
    remove() {
      close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The next position of the same epoch: a segment that begins at or before it holds no earlier unread event. */
const after = ({ epoch, seq }: Position): Position => ({ epoch, seq: seq + 1 })

const segmentName = ({ epoch, seq }: Position) =>
  `${String(epoch).padStart(10, '0')}-${String(seq).padStart(10, '0')}.jsonl`

function listSegments(folder: string): Segment[] {
  return readdirSync(folder)
    .filter((name) => /^\d{10}-\d{10}\.jsonl$/.test(name))
    .sort()
    .map((name) => {
      const [epoch, seq] = name.split(/[-.]/).map(Number)
      const file = join(folder, name)
      return { file, first: { epoch: epoch!, seq: seq! }, bytes: statSync(file).size }
    })
}

const readLines = (file: string) => readFileSync(file, 'utf8').split('\n').filter(Boolean)
const readSegment = ({ file }: Segment) => readLines(file).map((line) => JSON.parse(line) as KernelEvent)

/** Cuts a torn last line off; returns the bytes that stay. */
function mend(file: string) {
  const bytes = readFileSync(file)
  const whole = bytes.lastIndexOf(0x0a) + 1
  const descriptor = openSync(file, 'r+')
  if (fstatSync(descriptor).size > whole) ftruncateSync(descriptor, whole)
  closeSync(descriptor)
  return whole
}
