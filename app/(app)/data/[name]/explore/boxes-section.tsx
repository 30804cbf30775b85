'use client'

import { formatCategory, formatMeasure } from '../../../../../lib/datasets/explore/describe'
import type { Filter } from '../../../../../lib/datasets/explore/filter'
import type { BoxesAnswer, Figure } from '../../../../../lib/datasets/explore/question'
import { Section } from '../../../../_ui/page'
import { formatCount } from '../../../../_ui/units'
import { boxesHeight, boxesPlot } from './boxes-plot'
import { ColumnSelect } from './column-select'
import { useExploring } from './context'
import classes from './explore.module.css'
import { ExploreFigure, type Shape } from './explore-figure'
import { FigureTable } from './figure-table'
import { groupsOf, measuredOf, placeable } from './roles'
import type { Choice } from './use-address'

type Props = {
  choices: Record<string, string>
  choose: (choices: Partial<Record<Choice, string>>) => void
}

/** A column of numbers by group. */
export function BoxesSection({ choices, choose }: Props) {
  const { columns, press, filters } = useExploring()
  const values = measuredOf(columns)
  const groups = placeable(columns)
  const value = values.find((name) => name === choices.value) ?? values[0]
  if (value === undefined) return null
  const group =
    choices.group === ''
      ? null
      : (groups.find((name) => name === choices.group) ?? groupsOf(columns)[0] ?? null)
  const column = columns.find(({ name }) => name === value)!

  const shape = (answer: BoxesAnswer, { value, group }: Extract<Figure, { kind: 'boxes' }>): Shape => {
    const { boxes, others, left, sample } = answer
    const say = (number: number) => formatMeasure(number, column)
    const filterOf = (name: string | null): Filter | undefined =>
      group === null ? undefined : { kind: 'values', column: group, values: [name] }
    const isPressed = (name: string | null) =>
      filters.some(
        (filter) => filter.column === group && filter.kind === 'values' && filter.values.includes(name),
      )
    const pick = (name: string | null, adding = false) => {
      const filter = filterOf(name)
      if (filter) press(filter, adding)
    }
    const notes = [
      ...(others
        ? [`${formatCount(others.groups)} rarer groups with ${formatCount(others.rows)} rows have no box.`]
        : []),
      ...(left > 0 ? [`${formatCount(left)} rows have no finite value of ${value}.`] : []),
      ...(sample === null ? [] : ['Quartiles are those of a sample.']),
    ]
    const height = boxesHeight(boxes.length)
    return {
      height,
      label:
        boxes.length === 0
          ? `Box plot of ${value}: no row is left`
          : `Box plot of ${value}: median ${boxes
              .slice(0, 8)
              .map(({ group, quartiles }) => `of ${formatCategory(group)} ${say(quartiles[1])}`)
              .join(', ')}`,
      draw:
        boxes.length === 0
          ? undefined
          : (plot, width) =>
              boxesPlot(plot, { boxes, column, hasGroups: group !== null, width, height, press: pick }),
      table: () => (
        <FigureTable
          label={`Box plot of ${value}`}
          head={['Group', 'Rows', 'Low', 'Quartile', 'Median', 'Quartile 3', 'High', 'Outliers']}
          rows={boxes.map(({ group: name, count, quartiles: [q1, median, q3], whiskers, outliers }) => ({
            key: String(name),
            cells: [
              group === null ? 'All' : formatCategory(name),
              formatCount(count),
              say(whiskers[0]),
              say(q1),
              say(median),
              say(q3),
              say(whiskers[1]),
              formatCount(outliers),
            ],
            ...(group !== null && { onPress: () => pick(name), isPressed: isPressed(name) }),
          }))}
        />
      ),
      children: (
        <>
          {boxes.length === 0 && <p>No row is left that has a value of {value}.</p>}
          {notes.length > 0 && (
            <div className={classes.notes}>
              {notes.map((note) => (
                <p key={note}>{note}</p>
              ))}
            </div>
          )}
        </>
      ),
    }
  }

  return (
    <Section
      title="By group"
      description="The box holds the middle half of the rows, its line is the median; whiskers reach the last values that are no outliers, dots are outliers."
    >
      <div className={classes.controls}>
        <span className={classes.control}>
          value
          <ColumnSelect
            label="Value"
            value={value}
            columns={values}
            onChange={(value) => choose({ value })}
          />
        </span>
        <span className={classes.control}>
          by
          <ColumnSelect
            label="Group"
            value={group}
            columns={groups}
            none="nothing"
            onChange={(group) => choose({ group })}
          />
        </span>
      </div>
      <ExploreFigure
        figure={{ kind: 'boxes', value, group }}
        title={group === null ? value : `${value} by ${group}`}
        height={boxesHeight(3)}
        shape={shape}
      />
    </Section>
  )
}
