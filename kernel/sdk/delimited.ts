/** Drops the spaces around values, the mark at the start and blank lines at the end; quoted values stay as they are. */
export function tidyDelimited(text: string, delimiter: ',' | '\t'): string {
  const space = delimiter === '\t' ? ' *' : '[ \\t]*'
  const around = new RegExp(`("(?:[^"]|"")*")|${space}(${delimiter}|\\r?\\n)${space}`, 'g')
  return text
    .replace(/^[\ufeff \r\n]+|[ \r\n]+$/g, '')
    .replace(around, (_, quoted?: string, between?: string) => quoted ?? between!)
}
