'use client'

import { notifications } from '@mantine/notifications'

/** A short notice that something was done. */
export const say = (message: string) => notifications.show({ message, color: 'gray', autoClose: 4000 })

/** A notice of what could not be done, with the reason as it came. */
export const sayFailure = (title: string, error: unknown) =>
  notifications.show({
    title,
    message: error instanceof Error ? error.message : String(error),
    color: 'red',
    autoClose: 10_000,
  })
