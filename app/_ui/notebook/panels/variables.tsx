import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Variables as Listed, Variable } from '../../../../lib/protocol/variables'
import { holdsWords } from '../../../../lib/search-words'
import type { Actions } from '../actions'
import { useView } from '../context'
import { plural } from '../format'
import { mayEdit } from '../view'
import parts from './parts.module.css'
import { Figures } from './variables/figures'
import { useVariables } from './variables/use-variables'
import { VariableRow } from './variables/variable-row'
import own from './variables/variables.module.css'

type Order = 'newest' | 'cell'

/** What the cells have defined: type, shape, size, beginning, and which cell it was. */
export function Variables({ actions }: { actions: Actions }) {
  const editable = useView(mayEdit)
  const alive = useView(({ kernel: { kernel } }) => kernel.state === 'idle' || kernel.state === 'busy')
  if (!editable) return <p className={parts.hint}>Only who can edit this notebook sees its variables.</p>
  if (!alive)
    return <p className={parts.hint}>No kernel runs. Run a cell, and what it defines is listed here.</p>
  return <OfKernel actions={actions} />
}

function OfKernel({ actions }: { actions: Actions }) {
  const { listed, waiting, failure } = useVariables()
  const [order, setOrder] = useState<Order>('newest')
  const [wanted, setWanted] = useState('')
  const ids = useView((view) => view.ids)
  if (!listed) return <p className={parts.hint}>{failure ?? (waiting && 'Reading the variables …')}</p>
  const found = inOrder(listed.variables.filter(matches(wanted)), order, ids)
  return (
    <div className={parts.stack}>
      <Figures waiting={waiting} failure={failure} />
      {listed.variables.length > 0 && (
        <div className={own.controls}>
          <TextInput
            size="xs"
            className={own.filter}
            placeholder="Filter by name or type"
            aria-label="Filter the variables"
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <SegmentedControl
            size="xs"
            aria-label="Order"
            value={order}
            onChange={(value) => setOrder(value as Order)}
            data={[
              { value: 'newest', label: 'Newest' },
              { value: 'cell', label: 'By cell' },
            ]}
          />
        </div>
      )}
      <ul className={own.list}>
        {found.map((variable) => (
          <VariableRow key={variable.name} variable={variable} ids={ids} actions={actions} />
        ))}
      </ul>
      <p className={parts.hint}>{footnote(listed, found.length, wanted)}</p>
    </div>
  )
}

const matches =
  (wanted: string) =>
  ({ name, type, kind }: Variable) =>
    holdsWords(`${name} ${type} ${kind}`, wanted)

function inOrder(variables: Variable[], order: Order, ids: readonly string[]) {
  if (order === 'newest') return variables
  const places = new Map(ids.map((id, place) => [id, place]))
  const place = ({ cellId }: Variable) => places.get(cellId) ?? ids.length
  return variables.toSorted((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1))
}

function footnote({ variables, imports, more }: Listed, found: number, wanted: string) {
  if (variables.length === 0 && imports === 0) return 'Nothing is defined yet. Run a cell.'
  if (found === 0 && wanted !== '') return 'No variable matches.'
  const parts = [
    more > 0 && `${plural(more, 'older variable')} not listed.`,
    imports > 0 && `${plural(imports, 'imported name')} besides.`,
  ]
  return parts.filter(Boolean).join(' ')
}
