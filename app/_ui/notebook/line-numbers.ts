const key = 'cellar.lineNumbers'

/** Whether the person wants line numbers in all cells. */
export function loadLineNumbers(): boolean {
  try {
    return localStorage.getItem(key) === 'on'
  } catch {
    return false
  }
}

export function keepLineNumbers(on: boolean) {
  try {
    localStorage.setItem(key, on ? 'on' : 'off')
  } catch {
    // A full or forbidden storage forgets the wish, nothing else.
  }
}
