import { stripVTControlCharacters } from 'node:util'
import type { KernelEvent, MimeBundle } from '../../lib/protocol/events'
import { mime, type TrainingOutput } from '../../lib/protocol/mime'
import { createRunLines } from './print-run'

/** Writes a notebook's events as plain text: what is printed as it comes, values and displays as their text. */
export function createPrinter(
  out: (text: string) => void,
  err: (text: string) => void,
): (event: KernelEvent) => void {
  /** Whether the last text ended its line: what follows begins a new one. */
  let ended = true
  const print = (write: (text: string) => void, text: string) => {
    if (text === '') return
    write(stripVTControlCharacters(text))
    ended = text.endsWith('\n')
  }
  const runs = createRunLines()
  const block = (text: string, write = out) =>
    print(write, `${ended ? '' : '\n'}${text.replace(/\n*$/, '\n')}`)
  return (event) => {
    switch (event.type) {
      case 'stream': {
        if (event.omitted) block(`… ${event.omitted.toLocaleString('en')} bytes left out`)
        return print(event.name === 'stdout' ? out : err, event.text)
      }
      case 'display_data':
      case 'execute_result':
      case 'update_display_data': {
        const text = bundleText(event.data, event.type === 'update_display_data')
        return text ? block(text) : undefined
      }
      case 'error':
        return block(
          event.traceback.length > 0 ? event.traceback.join('\n') : `${event.ename}: ${event.evalue}`,
          err,
        )
      case 'tracked': {
        const line = runs(event.news)
        return line ? block(line) : undefined
      }
      case 'status':
        return event.state === 'dead' && event.reason ? block(event.reason, err) : undefined
      default:
        return
    }
  }
}

/** Progress is said once, when it is over. */
function bundleText(data: MimeBundle, update: boolean): string {
  const training = data[mime.training] as TrainingOutput | undefined
  if (training) return training.state === 'running' ? '' : trainingText(training)
  // Said at its end, with what it recorded.
  if (data[mime.run] !== undefined) return ''
  if (data[mime.progress] !== undefined && !(data[mime.progress] as { done?: boolean }).done) return ''
  if (update && data[mime.progress] === undefined) return ''
  const text = data['text/plain'] ?? data['text/markdown']
  return typeof text === 'string' ? text : ''
}

function trainingText({ state, epoch, epochs, seconds, history }: TrainingOutput) {
  const metrics = Object.entries(history).map(
    ([name, values]) => `${name} ${values.at(-1)?.toPrecision(4) ?? '?'}`,
  )
  return `training ${state}: ${epoch} of ${epochs} epochs, ${seconds.toFixed(1)} s, ${metrics.join(', ')}`
}
