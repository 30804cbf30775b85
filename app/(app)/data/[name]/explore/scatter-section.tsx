'use client'

import { Button, SegmentedControl } from '@mantine/core'
import { presetsOf } from '../../../../../lib/datasets/explore/presets'
import type { Figure } from '../../../../../lib/datasets/explore/question'
import { wholeRows } from '../../../../../lib/datasets/explore/question'
import { Section } from '../../../../_ui/page'
import { formatCount } from '../../../../_ui/units'
import { ColumnSelect } from './column-select'
import { useExploring } from './context'
import classes from './explore.module.css'
import { ExploreFigure } from './explore-figure'
import { groupsOf, measuredOf, placeable } from './roles'
import { scatterHeight } from './scatter-plot'
import { useScatterShape } from './scatter-shape'
import type { Choice } from './use-address'

type Props = {
  choices: Record<string, string>
  choose: (choices: Partial<Record<Choice, string>>) => void
}

/** Any two columns against each other, coloured by a third. */
export function ScatterSection({ choices, choose }: Props) {
  const { columns, rows } = useExploring()
  const names = placeable(columns)
  const measured = measuredOf(columns)
  const presets = presetsOf(measured)
  const shape = useScatterShape()
  const known = (name: string | undefined) => (name !== undefined && names.includes(name) ? name : undefined)
  const x = known(choices.x) ?? presets[0]?.x ?? measured[0] ?? names[0]
  const y = known(choices.y) ?? presets[0]?.y ?? measured.find((name) => name !== x) ?? names[1] ?? names[0]
  // A column against itself says nothing.
  if (x === undefined || y === undefined || names.length < 2) return null
  const colour = choices.colour === '' ? null : (known(choices.colour) ?? groupsOf(columns)[0] ?? null)
  const many = choices.many === 'sample' ? 'sample' : 'bins'
  const figure: Figure & { kind: 'scatter' } = { kind: 'scatter', x, y, colour, many }
  return (
    <Section
      title="Two attributes"
      description={
        rows > wholeRows
          ? `Above ${formatCount(wholeRows)} rows the figure counts rows in bins, or draws a sample with its colours.`
          : 'Each dot is where rows lie; press one of the legend’s names for its rows only.'
      }
    >
      <div className={classes.controls}>
        {presets.length > 0 && (
          <Button.Group aria-label="Presets">
            {presets.slice(0, 6).map((preset) => (
              <Button
                key={preset.label}
                size="compact-sm"
                variant={preset.x === x && preset.y === y ? 'light' : 'default'}
                aria-pressed={preset.x === x && preset.y === y}
                onClick={() => choose({ x: preset.x, y: preset.y })}
              >
                {preset.label}
              </Button>
            ))}
          </Button.Group>
        )}
        <span className={classes.control}>
          x <ColumnSelect label="x" value={x} columns={names} onChange={(x) => choose({ x })} />
        </span>
        <span className={classes.control}>
          y <ColumnSelect label="y" value={y} columns={names} onChange={(y) => choose({ y })} />
        </span>
        <span className={classes.control}>
          colour
          <ColumnSelect
            label="Colour"
            value={colour}
            columns={names}
            none="none"
            onChange={(colour) => choose({ colour })}
          />
        </span>
        {rows > wholeRows && (
          <SegmentedControl
            size="xs"
            aria-label="How many rows are drawn"
            data={[
              { value: 'bins', label: 'Bins' },
              { value: 'sample', label: 'Sample' },
            ]}
            value={many}
            onChange={(many) => choose({ many })}
          />
        )}
      </div>
      <ExploreFigure
        figure={figure}
        title={`${y} by ${x}`}
        unit={colour === null ? undefined : `coloured by ${colour}`}
        height={scatterHeight}
        shape={shape}
      />
    </Section>
  )
}
