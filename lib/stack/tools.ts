import { run } from './run'

const mends: Record<string, string> = {
  python3: 'apt-get install python3 python3-pip',
  pip: 'apt-get install python3-pip',
  'g++': 'apt-get install g++',
  'clang++': 'xcode-select --install',
}

/**
 * Makes sure that the programs which native TensorFlow is fetched and built with are here.
 * @param needed.compiler the command of a C++ compiler
 * @throws what names each missing command, and how it is installed
 */
export async function requireTools(needed: { pip: boolean; compiler?: string }) {
  const missing: string[] = []
  const works = (command: string, ...args: string[]) =>
    run(command, args).then(
      () => true,
      () => false,
    )
  if (needed.pip) {
    if (!(await works('python3', '--version'))) missing.push('python3')
    else if (!(await works('python3', '-m', 'pip', '--version'))) missing.push('pip')
  }
  if (needed.compiler && !(await works(needed.compiler, '--version'))) missing.push(needed.compiler)
  if (missing.length === 0) return
  const how = missing.map((name) => `${name} (${mends[name] ?? 'install it'})`).join(' and ')
  throw new Error(`missing to build native TensorFlow: ${how}`)
}
