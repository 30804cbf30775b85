/** The Spark that `cellar spark start` installs: what PyPI calls pyspark holds the whole server. */
export const pyspark = {
  version: '4.3.0',
  sha256: 'e8c517948eff7088a7aa07449aa8eafa4a15a8d50319de2525a6fd26622476c6',
  bytes: 455_900_000,
}
export const leastJava = 17
