import { Menu, MenuDropdown, MenuItem, MenuTarget, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import Link from 'next/link'
import type { Place } from './places'
import classes from './shell.module.css'

type Props = { places: Place[]; isHere: (place: Place) => boolean }

/** On a phone, the places that its bar has no room for. */
export function MoreMenu({ places, isHere }: Props) {
  return (
    <Menu position="top" width={200}>
      <MenuTarget>
        <UnstyledButton
          className={`${classes.place} ${classes.more}`}
          aria-label="More sections"
          aria-current={places.some(isHere) || undefined}
        >
          <IconDots size={20} stroke={1.6} />
          <span className={classes.label} aria-hidden>
            More
          </span>
        </UnstyledButton>
      </MenuTarget>
      <MenuDropdown>
        {places.map((place) => {
          const { href, label, icon: Icon } = place
          return (
            <MenuItem
              key={href}
              component={Link}
              href={href}
              prefetch={false}
              leftSection={<Icon size={18} stroke={1.6} />}
              className={classes.moreItem}
              aria-current={isHere(place) ? 'page' : undefined}
            >
              {label}
            </MenuItem>
          )
        })}
      </MenuDropdown>
    </Menu>
  )
}
