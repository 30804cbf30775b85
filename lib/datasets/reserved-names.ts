/** What no data set can be called: its page would be the one where data is added, or the trash. */
export const reservedNames: ReadonlySet<string> = new Set(['new', 'trash'])
