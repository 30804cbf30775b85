'use client'

import { TextInput } from '@mantine/core'
import type { NamedTensor } from '../../../../lib/protocol/imported-model'
import classes from './add-model.module.css'

type Props = {
  title: string
  tensors: NamedTensor[]
  names: Record<string, string>
  onChange: (names: Record<string, string>) => void
  onBlur: () => void
  /** A single tensor is the record or the prediction itself: it needs no name. */
  alone: string
}

/** Named tensors with their types and shapes, and what they are called in records. */
export function SignatureTable({ title, tensors, names, onChange, onBlur, alone }: Props) {
  return (
    <table className={classes.signature}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th>In the model</th>
          <th>Type</th>
          <th>In records</th>
        </tr>
      </thead>
      <tbody>
        {tensors.map(({ name, type, shape, scalar }) => (
          <tr key={name}>
            <td>
              <code>{name}</code>
            </td>
            <td className={classes.type}>{scalar ? type : `${type} ${shapeText(shape)}`}</td>
            <td>
              {tensors.length === 1 ? (
                <span className={classes.hint}>{alone}</span>
              ) : (
                <TextInput
                  size="xs"
                  aria-label={`Name of ${name}`}
                  value={names[name] ?? ''}
                  placeholder={name}
                  maxLength={100}
                  onBlur={onBlur}
                  onChange={(event) => onChange({ ...names, [name]: event.currentTarget.value })}
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const shapeText = (shape: number[]) => `[${shape.map((n) => (n < 0 ? 'any' : n)).join(', ')}]`
