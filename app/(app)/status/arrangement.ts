import type { StatusLayout, StatusWidget } from '../../../lib/protocol/preferences'

/** Columns of the page; on a narrow one every widget has them all. */
export const columns = 4
export const rows = 4

/** How the page is arranged before a person arranges it. Without a GPU there is nothing to show of one. */
export function defaultLayout(hasGpu: boolean): StatusLayout {
  const all: StatusLayout = [
    { widget: 'cpu', width: 2, height: 1 },
    { widget: 'memory', width: 2, height: 1 },
    { widget: 'load', width: 1, height: 1 },
    { widget: 'disk', width: 1, height: 1 },
    { widget: 'kernels', width: 1, height: 1 },
    { widget: 'models', width: 1, height: 1 },
    { widget: 'queues', width: hasGpu ? 2 : 4, height: 1 },
    ...(hasGpu ? [{ widget: 'gpu' as const, width: 2, height: 1 }] : []),
    { widget: 'processes', width: 4, height: 2 },
  ]
  return all
}

/** A widget with another size, within what there is. */
export function resize(
  layout: StatusLayout,
  widget: StatusWidget,
  width: number,
  height: number,
): StatusLayout {
  const within = (value: number, most: number) => Math.max(1, Math.min(most, Math.round(value)))
  return layout.map((each) =>
    each.widget === widget ? { ...each, width: within(width, columns), height: within(height, rows) } : each,
  )
}

/** A widget in the place of another; those between move up or down. */
export function moveTo(layout: StatusLayout, widget: StatusWidget, to: StatusWidget): StatusLayout {
  const from = layout.findIndex((each) => each.widget === widget)
  const at = layout.findIndex((each) => each.widget === to)
  if (from < 0 || at < 0 || from === at) return layout
  const rest = layout.toSpliced(from, 1)
  return rest.toSpliced(at, 0, layout[from]!)
}
