import type { Side } from './panels'

/** Which panel is open on each side, and how wide, px; kept for the person's next visit. */
export type OpenPanels = { [S in Side]: { open: string | undefined; width: number } }

export const narrowest = 200
export const widest = 640

const key = 'cellar.panels'
const closed: OpenPanels = { left: { open: undefined, width: 280 }, right: { open: undefined, width: 340 } }

export function loadPanels(): OpenPanels {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<OpenPanels>
    return { left: { ...closed.left, ...kept.left }, right: { ...closed.right, ...kept.right } }
  } catch {
    return closed
  }
}

export function keepPanels(panels: OpenPanels) {
  try {
    localStorage.setItem(key, JSON.stringify(panels))
  } catch {
    // A full or forbidden storage forgets the panels, nothing else.
  }
}
