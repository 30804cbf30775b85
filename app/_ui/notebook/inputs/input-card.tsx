import { useId } from 'react'
import type { InputOutput } from '../../../../lib/protocol/inputs'
import { useView } from '../context'
import { mayEdit } from '../view'
import { Control } from './control'
import classes from './inputs.module.css'
import { useMovedValue } from './use-moved-value'

/** A control that a cell shows: its label, and what moves the variable. */
export function InputCard({ input, cellId }: { input: InputOutput; cellId: string }) {
  const [value, move] = useMovedValue(cellId, input)
  const editable = useView(mayEdit)
  const alive = useView(({ kernel: { kernel } }) => kernel.state !== 'stopped' && kernel.state !== 'dead')
  const id = useId()
  const { name, label, definition, control } = input
  const why = !editable
    ? 'Only editors of this notebook move its inputs.'
    : !alive
      ? 'The kernel has ended. Run the cell to use its input.'
      : undefined
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys for the control are no keys of the notebook
    <div
      className={classes.card}
      data-testid="input"
      data-name={name}
      data-kind={control.kind}
      title={why}
      onKeyDown={(event) => {
        if (!event.ctrlKey && !event.metaKey && event.key !== 'Escape') event.stopPropagation()
      }}
    >
      {control.kind !== 'button' && (
        <label className={classes.label} htmlFor={id} id={`${id}-label`}>
          {label}
        </label>
      )}
      <Control
        id={id}
        label={label}
        cellId={cellId}
        name={name}
        definition={definition}
        control={control}
        value={value}
        disabled={why !== undefined}
        move={move}
      />
    </div>
  )
}
