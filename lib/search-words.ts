/** The words of what a person searches for, in small letters. */
export const searchWords = (search: string) => search.toLowerCase().split(/\s+/).filter(Boolean)

/** Whether a text holds all words that are searched for, in either case. */
export const holdsWords = (text: string, search: string) => {
  const whole = text.toLowerCase()
  return searchWords(search).every((word) => whole.includes(word))
}
