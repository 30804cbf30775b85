'use client'

import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useRef } from 'react'
import { useKeys } from './keys'

type Props = { value: string; onChange: (value: string) => void; label: string }

/** Search within a list; `/` goes to it. */
export function SearchInput({ value, onChange, label }: Props) {
  const input = useRef<HTMLInputElement>(null)
  useKeys('This page', [{ keys: '/', label, run: () => input.current?.focus() }])
  return (
    <TextInput
      ref={input}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && onChange('')}
      placeholder={label}
      aria-label={label}
      leftSection={<IconSearch size={16} stroke={1.6} />}
      rightSection={value && <CloseButton size="sm" aria-label="Clear" onClick={() => onChange('')} />}
      w={{ base: '100%', sm: 280 }}
      mb="md"
    />
  )
}
