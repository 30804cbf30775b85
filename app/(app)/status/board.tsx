'use client'

import {
  type CollisionDetection,
  closestCenter,
  DndContext,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { SortableContext } from '@dnd-kit/sortable'
import { useState } from 'react'
import type { StatusLayout, StatusWidget } from '../../../lib/protocol/preferences'
import type { Status } from '../../../lib/status/read'
import { moveTo, resize } from './arrangement'
import { byOrder } from './by-order'
import classes from './status.module.css'
import { WidgetFrame } from './widget-frame'
import { widgets } from './widgets'

type Props = {
  status: Status
  layout: StatusLayout
  arranging: boolean
  onChange(layout: StatusLayout): void
}

/** Widgets are of different sizes: they stay where they are until the moved one is let go. */
const stay = () => null

/** What is under the pointer; by key, whose centre is nearest. */
const under: CollisionDetection = (at) => (at.pointerCoordinates ? pointerWithin(at) : closestCenter(at))

const labelOf = (id: string | number) => widgets[id as StatusWidget].label

/** The widgets as the person has arranged them. Keys move them, too: Space takes one up and puts it down. */
export function Board({ status, layout, arranging, onChange }: Props) {
  const [moving, setMoving] = useState<StatusWidget>()
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: byOrder(layout.map(({ widget }) => widget)) }),
  )
  return (
    <DndContext
      id="status"
      sensors={sensors}
      collisionDetection={under}
      accessibility={{
        announcements: {
          onDragStart: ({ active }) => `${labelOf(active.id)} is taken up`,
          onDragOver: ({ active, over }) =>
            over ? `${labelOf(active.id)} is over ${labelOf(over.id)}` : undefined,
          onDragEnd: ({ active, over }) =>
            over ? `${labelOf(active.id)} is put in the place of ${labelOf(over.id)}` : undefined,
          onDragCancel: ({ active }) => `${labelOf(active.id)} stays where it was`,
        },
      }}
      onDragStart={({ active }) => setMoving(active.id as StatusWidget)}
      onDragCancel={() => setMoving(undefined)}
      onDragEnd={({ active, over }) => {
        setMoving(undefined)
        if (over) onChange(moveTo(layout, active.id as StatusWidget, over.id as StatusWidget))
      }}
    >
      <SortableContext items={layout.map(({ widget }) => widget)} strategy={stay}>
        <div className={classes.board}>
          {layout.map((place) => {
            const { widget } = place
            const { label, show } = widgets[widget]
            return (
              <WidgetFrame
                key={widget}
                place={place}
                label={label}
                arranging={arranging}
                onResize={(width, height) => onChange(resize(layout, widget, width, height))}
                onRemove={() => onChange(layout.filter((each) => each.widget !== widget))}
              >
                {show(status)}
              </WidgetFrame>
            )
          })}
        </div>
      </SortableContext>
      <DragOverlay dropAnimation={null}>
        {moving && <div className={classes.carried}>{widgets[moving].label}</div>}
      </DragOverlay>
    </DndContext>
  )
}
