import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../../lib/config'
import type { ProblemsFound } from '../../lib/protocol/language'
import { spawnIsolated } from '../isolate/spawn'
import { findTypeScript } from '../language/executable'
import { createLanguageServer, type ServerProcess } from '../language/server'
import { createLanguageService, type LanguageService } from '../language/service'
import { environmentsFolder, packagesFolder } from './packages'

/** What the server may hold; it is started again past this. */
const memoryBytes = 4 * 2 ** 30

/**
 * The language service of this machine. Its server reads what people write and the packages they add, so it runs as
 * kernels do: it sees the notebooks' folders and packages, no secrets, and no network.
 */
export function startLanguage(
  { root, home, workDir }: Pick<Config, 'root' | 'home' | 'workDir'>,
  onProblems: (found: ProblemsFound) => void,
  onProblem: (problem: string) => void,
): LanguageService {
  const folder = path.join(home, 'language')
  const own = path.join(folder, 'server')
  const environments = environmentsFolder(home)
  // What a host that was killed has left.
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(own, { recursive: true })
  const { program, libraries } = findTypeScript(root)
  const start = async (): Promise<ServerProcess> => {
    const { child, exited, kill } = await spawnIsolated({
      program,
      args: ['--lsp', '--stdio'],
      cwd: own,
      stdio: ['pipe', 'pipe', 'ignore'],
      network: false,
      readOnly: [
        path.join(root, 'node_modules'),
        path.join(root, 'package.json'),
        ...['kernel/sdk', 'lib/notebook', 'lib/protocol'].map((each) => path.join(root, each)),
        folder,
        workDir,
        environments,
      ],
      hidden: [home],
      memoryBytes,
    })
    // A server that ends while it is written to.
    child.stdin!.on('error', () => {})
    return { stdin: child.stdin!, stdout: child.stdout!, kill, exited: exited.then(({ reason }) => reason) }
  }
  const folders = {
    root,
    folder,
    workFolder: (notebookId: string) => path.join(workDir, notebookId),
    packagesFolder: (notebookId: string) => path.dirname(packagesFolder(environments, notebookId)),
  }
  const server = createLanguageServer({ start, folder, onProblem })
  return createLanguageService({ server, folders, libraries, onProblems })
}
