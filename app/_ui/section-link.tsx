'use client'

import { Button, type ButtonProps } from '@mantine/core'
import { usePathname } from 'next/navigation'
import { isIn, places } from './shell/places'

/** Leads from a page that cannot be shown to the list of its section, in a load of its own. */
export function SectionLink(props: ButtonProps) {
  const path = usePathname()
  const { href, label } = places.find((place) => isIn(place, path)) ?? places[0]!
  return (
    <Button component="a" href={href} {...props}>
      Go to {label.toLowerCase()}
    </Button>
  )
}
