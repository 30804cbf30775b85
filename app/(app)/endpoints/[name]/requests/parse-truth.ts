/** A truth as a person writes it: JSON where it is JSON, else the text itself. */
export function parseTruth(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text.trim()
  }
}
