import { z } from 'zod'

/** What the status page can show. */
export const statusWidgets = [
  'cpu',
  'memory',
  'load',
  'disk',
  'gpu',
  'kernels',
  'models',
  'queues',
  'processes',
] as const
export type StatusWidget = (typeof statusWidgets)[number]

/** Widgets in order; width in quarters of the page, height in rows. */
export const statusLayout = z
  .array(
    z.object({
      widget: z.enum(statusWidgets),
      width: z.number().int().min(1).max(4),
      height: z.number().int().min(1).max(4),
    }),
  )
  .max(statusWidgets.length)
  .refine(
    (all) => new Set(all.map(({ widget }) => widget)).size === all.length,
    'a widget stands there twice',
  )
export type StatusLayout = z.infer<typeof statusLayout>

/** What is kept for each person, by name. */
export const preferenceSchemas = { 'status-layout': statusLayout } as const
export type PreferenceName = keyof typeof preferenceSchemas
export type Preference<Name extends PreferenceName> = z.infer<(typeof preferenceSchemas)[Name]>
