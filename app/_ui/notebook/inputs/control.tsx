import { Button, Checkbox, MultiSelect, NumberInput, Select } from '@mantine/core'
import type { InputControl, InputOutput } from '../../../../lib/protocol/inputs'
import { FilePicker } from './file-picker'
import classes from './inputs.module.css'
import { RowPicker } from './row-picker'
import { Slider } from './slider'
import { TextField } from './text-field'

type Value = InputOutput['value']
export type ControlProps<Kind extends InputControl['kind'] = InputControl['kind']> = {
  id: string
  label: string
  cellId: string
  /** The variable. */
  name: string
  definition: string
  control: Extract<InputControl, { kind: Kind }>
  value: Value
  disabled: boolean
  move(value: Value): void
}

/** The control of one kind of input. */
export function Control({ control, ...props }: ControlProps) {
  const { id, label, value, disabled, move } = props
  switch (control.kind) {
    case 'slider':
      return <Slider {...props} control={control} />
    case 'number':
      return (
        <NumberInput
          id={id}
          className={classes.field}
          size="xs"
          {...control}
          value={Number(value)}
          disabled={disabled}
          onChange={(next) => typeof next === 'number' && move(next)}
        />
      )
    case 'text':
      return <TextField {...props} control={control} />
    case 'checkbox':
      return (
        <Checkbox
          id={id}
          size="xs"
          checked={value === true}
          disabled={disabled}
          onChange={(event) => move(event.currentTarget.checked)}
        />
      )
    case 'date':
      return (
        <input
          id={id}
          type="date"
          className={classes.date}
          min={control.min}
          max={control.max}
          value={String(value)}
          disabled={disabled}
          onChange={(event) => event.currentTarget.value && move(event.currentTarget.value)}
        />
      )
    case 'select':
      return control.multiple ? (
        <MultiSelect
          id={id}
          className={classes.field}
          size="xs"
          data={optionsOf(control.options)}
          value={(value as number[]).map(String)}
          searchable={control.options.length > 10}
          placeholder={(value as number[]).length === 0 ? 'None' : undefined}
          disabled={disabled}
          onChange={(places) => move(places.map(Number))}
        />
      ) : (
        <Select
          id={id}
          className={classes.field}
          size="xs"
          data={optionsOf(control.options)}
          value={String(value)}
          searchable={control.options.length > 10}
          allowDeselect={false}
          disabled={disabled}
          onChange={(place) => place !== null && move(Number(place))}
        />
      )
    case 'file':
      return <FilePicker {...props} control={control} />
    case 'table':
      return <RowPicker {...props} control={control} value={value as number[]} />
    case 'button':
      return (
        <Button
          size="compact-sm"
          variant="default"
          disabled={disabled}
          onClick={() => move(Number(value) + 1)}
        >
          {label}
        </Button>
      )
  }
}

/** Two options may have one label: places tell them apart. */
const optionsOf = (labels: string[]) => labels.map((label, place) => ({ value: String(place), label }))
