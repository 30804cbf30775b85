import { type Environment, environment, isEmptyEnvironment, noEnvironment } from './environment'

/**
 * A notebook's packages in its file, below the last cell, so that another machine installs the same versions:
 *
 *     // %% [packages]
 *     // {"packages":{"left-pad":"^1.3.0"},"scripts":[]}
 *     // {
 *     //  "lockfileVersion": 3,
 *     …
 */
const head = '// %% [packages]'
const section = /(?:^|\n)\/\/ ?%% \[packages\][^\n]*\n((?:\/\/[^\n]*(?:\n|$)|\s*\n)*)$/

/** The file without its packages, and these. Throws a sentence where they cannot be read. */
export function takeEnvironment(file: string): { text: string; environment: Environment } {
  const found = section.exec(file)
  if (!found) return { text: file, environment: noEnvironment }
  // The newline that ends the last cell stays with it.
  const at = found.index + (found[0].startsWith('\n') ? 1 : 0)
  const [first = '', ...lock] = (found[1] ?? '')
    .split('\n')
    .map((line) => line.replace(/^\/\/ ?/, '').trimEnd())
  return { text: withoutGap(file.slice(0, at)), environment: parse(first, lock.join('\n').trim()) }
}

/** The file with these packages; as it is without any. */
export function addEnvironment(text: string, environment: Environment): string {
  if (isEmptyEnvironment(environment)) return text
  const { packages, scripts, lock } = environment
  const lines = [JSON.stringify({ packages, scripts }), ...lock.trimEnd().split('\n')]
  const ended = text === '' || text.endsWith('\n') ? text : `${text}\n`
  return `${ended}${gap}${head}\n${lines.map((line) => `// ${line}\n`).join('')}`
}

const gap = '\n'
const withoutGap = (text: string) =>
  text.endsWith(`\n${gap}`) || text === gap ? text.slice(0, -gap.length) : text

function parse(first: string, lock: string): Environment {
  const text = lock && `${lock}\n`
  try {
    return environment.parse({ ...(JSON.parse(first) as object), lock: text })
  } catch (cause) {
    throw new Error(`the file's packages cannot be read: ${(cause as Error).message.split('\n')[0]}`, {
      cause,
    })
  }
}
