'use client'

import { NumberInput, Select, TextInput } from '@mantine/core'
import type { Parameter } from '../../../../../lib/training/algorithms'

type Props = {
  parameter: Exclude<Parameter, { kind: 'boolean' }>
  value: number | string | boolean
  onChange: (value: number | string) => void
}

/** The control of one parameter. */
export function ParameterField({ parameter, value, onChange }: Props) {
  const { kind, label, hint } = parameter
  switch (kind) {
    case 'choice':
      return (
        <Select
          label={label}
          description={hint}
          data={[...parameter.choices]}
          value={String(value)}
          allowDeselect={false}
          onChange={(next) => next && onChange(next)}
        />
      )
    case 'sizes':
      return (
        <TextInput
          label={label}
          description={hint}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'integer':
    case 'number':
      return (
        <NumberInput
          label={label}
          description={hint}
          value={Number(value)}
          min={parameter.min}
          max={parameter.max}
          allowDecimal={kind === 'number'}
          decimalScale={kind === 'number' ? 8 : 0}
          step={kind === 'integer' ? 1 : 0.1}
          onChange={(next) => typeof next === 'number' && onChange(next)}
        />
      )
  }
}
