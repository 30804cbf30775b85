'use client'

import { Button, FileButton, Menu, MenuDropdown, MenuItem, MenuTarget } from '@mantine/core'
import { IconFileUpload, IconLink, IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { NameDialog } from '../../_ui/name-dialog'
import type { Import } from './use-import'

/** Brings in notebooks from files or from an address. */
export function ImportMenu({ bring }: { bring: Import }) {
  const choose = useRef<() => void>(null)
  const [asking, ask] = useState(false)
  return (
    <>
      <FileButton
        multiple
        onChange={(files) => void bring.files(files)}
        accept=".ts,.tsx,.ipynb"
        inputProps={{ 'aria-label': 'Files to import' }}
      >
        {({ onClick }) => {
          choose.current = onClick
          return null
        }}
      </FileButton>
      <Menu position="bottom-end" width={200}>
        <MenuTarget>
          <Button variant="default" leftSection={<IconUpload size={16} stroke={1.6} />} loading={bring.busy}>
            Import
          </Button>
        </MenuTarget>
        <MenuDropdown>
          <MenuItem
            leftSection={<IconFileUpload size={16} stroke={1.6} />}
            onClick={() => choose.current?.()}
          >
            Files…
          </MenuItem>
          <MenuItem leftSection={<IconLink size={16} stroke={1.6} />} onClick={() => ask(true)}>
            An address…
          </MenuItem>
        </MenuDropdown>
      </Menu>
      {asking && (
        <NameDialog
          title="Import from an address"
          label="Address of a .ts or .ipynb file"
          placeholder="https://github.com/…/notebook.ipynb"
          maxLength={2000}
          missing="Enter an address."
          submit="Import"
          onSubmit={bring.address}
          onClose={() => ask(false)}
        />
      )}
    </>
  )
}
