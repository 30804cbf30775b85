/** How the page stands to the server. `kept`: edits that the server has not acknowledged. */
export type SyncStatus = {
  state: 'connecting' | 'saved' | 'saving' | 'offline' | 'refused' | 'signed out' | 'gone'
  kept: number
  /** Why an edit or the notebook was refused. */
  reason?: string
}

/** The few words of the top bar. */
export function statusLabel({ state, kept }: SyncStatus): string {
  switch (state) {
    case 'connecting':
      return 'connecting'
    case 'saved':
    case 'saving':
      return state
    case 'offline':
      return kept ? `offline: ${kept} ${kept === 1 ? 'edit' : 'edits'} kept` : 'offline'
    case 'refused':
      return `not saved: ${kept} ${kept === 1 ? 'edit' : 'edits'} kept`
    case 'signed out':
      return 'signed out'
    case 'gone':
      return 'not available'
  }
}

/** A sentence for the tooltip. */
export function statusDetail({ state, kept, reason }: SyncStatus): string {
  switch (state) {
    case 'connecting':
      return 'The notebook is being opened.'
    case 'saved':
      return 'Every edit is stored on the server.'
    case 'saving':
      return 'The server has not yet confirmed your last edits.'
    case 'offline':
      return kept
        ? 'The server cannot be reached. Your edits are kept in this browser and sent when it can.'
        : 'The server cannot be reached. You can go on editing; nothing is lost.'
    case 'refused':
      return `The server refused the last edits: ${reason ?? 'no reason given'}. They are kept in this browser.`
    case 'signed out':
      return 'You were signed out. Sign in again; your edits are kept in this browser.'
    case 'gone':
      return reason ?? 'This notebook cannot be opened.'
  }
}
