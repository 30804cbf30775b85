/** What a person wants of every notebook, kept in the browser. */
type Wish = 'lineNumbers' | 'follow'

/** Whether the person wants it; not, until said. */
export function loadWish(wish: Wish): boolean {
  try {
    return localStorage.getItem(`cellar.${wish}`) === 'on'
  } catch {
    return false
  }
}

export function keepWish(wish: Wish, on: boolean) {
  try {
    localStorage.setItem(`cellar.${wish}`, on ? 'on' : 'off')
  } catch {
    // A full or forbidden storage forgets the wish, nothing else.
  }
}
