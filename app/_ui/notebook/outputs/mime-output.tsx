import type { FigureTips } from '../../../../lib/protocol/figure'
import type { InputOutput } from '../../../../lib/protocol/inputs'
import {
  type EndpointOutput,
  type MimeBundle,
  type ModelOutput,
  mime,
  type ProgressOutput,
  type RunOutput,
  type TableOutput,
  type TrainingOutput,
} from '../../../../lib/protocol/mime'
import type { Actions } from '../actions'
import { InputCard } from '../inputs/input-card'
import { EndpointCard } from './endpoint'
import { SvgFigure } from './figure/svg-figure'
import { HtmlFrame } from './html-frame'
import { JsonTree } from './json-tree'
import { Markdown } from './markdown/markdown'
import { ModelTable } from './model'
import classes from './outputs.module.css'
import { Progress } from './progress'
import { RunLine } from './run'
import { DataTable } from './table/data-table'
import { TerminalLines } from './terminal-lines'
import { TrainingCard } from './training'

type Props = { data: MimeBundle; actions: Actions; cellId: string }

/** A value in the richest form that the page can draw. */
export function MimeOutput({ data, actions, cellId }: Props) {
  const text = (type: string) => asText(data[type])
  // The kernel builds these by `lib/protocol/mime`; a bundle that is not shaped so falls through to its text.
  if (isObject(data[mime.table])) return <DataTable table={data[mime.table] as TableOutput} />
  if (isObject(data[mime.training])) return <TrainingCard training={data[mime.training] as TrainingOutput} />
  if (isObject(data[mime.progress])) return <Progress progress={data[mime.progress] as ProgressOutput} />
  if (isObject(data[mime.model]))
    return <ModelTable model={data[mime.model] as ModelOutput} promote={() => actions.promote(cellId)} />
  if (isObject(data[mime.input])) return <InputCard input={data[mime.input] as InputOutput} cellId={cellId} />
  if (isObject(data[mime.endpoint])) return <EndpointCard endpoint={data[mime.endpoint] as EndpointOutput} />
  if (isObject(data[mime.run])) return <RunLine run={data[mime.run] as RunOutput} />
  if (data['image/svg+xml']) return <SvgFigure svg={text('image/svg+xml')} tips={tipsOf(data[mime.tips])} />
  for (const type of ['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
    if (data[type])
      return (
        // biome-ignore lint/performance/noImgElement: a picture that a cell made has no address to optimise
        <img
          className={classes.image}
          src={`data:${type};base64,${text(type).replace(/\s/g, '')}`}
          alt={text('text/plain') || 'figure'}
        />
      )
  if (data['text/html']) return <HtmlFrame html={text('text/html')} title={text('text/plain').slice(0, 80)} />
  if (data['text/markdown'])
    return (
      <div className={classes.markdown}>
        <Markdown source={text('text/markdown')} />
      </div>
    )
  if (data['application/json'] !== undefined) return <JsonTree value={data['application/json']} />
  return <PlainText text={text('text/plain')} />
}

function PlainText({ text }: { text: string }) {
  return (
    <div className={classes.plain}>
      <TerminalLines lines={text.split('\n')} />
    </div>
  )
}

const tipsOf = (value: unknown) => (isObject(value) ? (value as FigureTips) : undefined)

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
/** nbformat allows a text as a list of lines. */
const asText = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : Array.isArray(value)
      ? value.join('')
      : value === undefined
        ? ''
        : String(value)
