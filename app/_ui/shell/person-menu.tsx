'use client'

import {
  Avatar,
  Menu,
  MenuDivider,
  MenuDropdown,
  MenuItem,
  MenuLabel,
  MenuTarget,
  SegmentedControl,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core'
import { IconCommand, IconKeyboard, IconLogout } from '@tabler/icons-react'
import { openKeysSheet } from '../keys-sheet'
import { openCommandPalette } from './command-palette'
import type { Person } from './person'
import classes from './shell.module.css'
import { signOut } from './sign-out'

/** Who is signed in and where, theme, keys, sign out. */
export function PersonMenu({ person }: { person: Person }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu position="right-end" width={240}>
      <MenuTarget>
        <UnstyledButton className={classes.place} aria-label={`Account of ${person.name}`}>
          <Avatar size={26} radius="xl" name={person.name} color="wine" variant="filled">
            {initials(person.name)}
          </Avatar>
          <span className={classes.label} aria-hidden>
            You
          </span>
        </UnstyledButton>
      </MenuTarget>
      <MenuDropdown>
        <div className={classes.person}>
          <Text fw={600} size="sm" truncate>
            {person.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {person.email}
          </Text>
        </div>
        <MenuDivider />
        <MenuLabel>Workspace</MenuLabel>
        <Text size="sm" px="sm" pb={6} truncate>
          {person.workspace.name}
        </Text>
        <MenuDivider />
        <MenuLabel>Theme</MenuLabel>
        <SegmentedControl
          className={classes.scheme}
          aria-label="Theme"
          fullWidth
          size="xs"
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
          data={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
            { value: 'auto', label: 'System' },
          ]}
        />
        <MenuDivider />
        <MenuItem leftSection={<IconCommand size={16} stroke={1.6} />} onClick={openCommandPalette}>
          Command palette
        </MenuItem>
        <MenuItem leftSection={<IconKeyboard size={16} stroke={1.6} />} onClick={() => openKeysSheet()}>
          Keys of this page
        </MenuItem>
        <MenuDivider />
        <MenuItem leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void signOut()}>
          Sign out
        </MenuItem>
      </MenuDropdown>
    </Menu>
  )
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase()
