/** What the grid does with keys itself, for the sheet. */
export const gridKeys = (mayWrite: boolean) => [
  { keys: 'shift+arrowdown', label: 'Select more cells' },
  { keys: 'mod+c', label: 'Copy the selected cells' },
  ...(mayWrite
    ? [
        { keys: 'enter', label: 'Edit the cell, then go down' },
        { keys: 'tab', label: 'Go right' },
        { keys: 'escape', label: 'Leave the cell as it was' },
        { keys: 'delete', label: 'Make the selected cells missing' },
        { keys: 'mod+v', label: 'Paste a block of a spreadsheet' },
        { keys: 'mod+-', label: 'Delete the selected rows, or keep them' },
        { keys: 'mod+z', label: 'Undo' },
        { keys: 'mod+shift+z', label: 'Redo' },
      ]
    : []),
]
