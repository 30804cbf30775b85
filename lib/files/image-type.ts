const types: Record<string, string> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
}

/** The type of a picture, by its name; undefined for everything else. */
export const imageType = (name: string): string | undefined =>
  types[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '']
