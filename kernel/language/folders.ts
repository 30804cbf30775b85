import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export type LanguageFolders = {
  /** The checkout, whose packages every notebook has. */
  root: string
  /** Where the notebooks' projects are. */
  folder: string
  /** A notebook's own folder, with its files. */
  workFolder(notebookId: string): string
  /** Where `current` leads to the packages that a notebook has added. */
  packagesFolder(notebookId: string): string
}

/**
 * Makes a notebook's project and answers the folder of its cells, which exist only in the server's memory. The cells
 * stand, by a link, in the notebook's own folder: they find its files, then the packages that it has added, then those
 * of the checkout, as the kernel does.
 */
export function prepareProject(
  { root, folder, workFolder, packagesFolder }: LanguageFolders,
  notebookId: string,
): string {
  const project = path.join(folder, notebookId)
  const own = path.join(project, 'own')
  for (const each of [own, workFolder(notebookId), packagesFolder(notebookId)])
    mkdirSync(each, { recursive: true })
  link(path.join(root, 'node_modules'), path.join(project, 'node_modules'))
  link(path.join(packagesFolder(notebookId), 'current/node_modules'), path.join(own, 'node_modules'))
  link(workFolder(notebookId), path.join(own, 'cells'))
  copyFileSync(path.join(root, 'kernel/language/globals.d.ts'), path.join(own, 'globals.d.ts'))
  writeFileSync(path.join(project, 'tsconfig.json'), `${JSON.stringify(configuration(root), null, 2)}\n`)
  return path.join(own, 'cells')
}

export const removeProject = ({ folder }: LanguageFolders, notebookId: string) =>
  rmSync(path.join(folder, notebookId), { recursive: true, force: true })

function link(target: string, file: string) {
  rmSync(file, { force: true })
  symlinkSync(target, file)
}

const configuration = (root: string) => ({
  compilerOptions: {
    target: 'esnext',
    // As the kernel runs cells: Node's globals, and packages by their `import` conditions.
    lib: ['esnext'],
    types: ['node'],
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    // A cell need not say what its parameters are, nor a package its types.
    noImplicitAny: false,
    useUnknownInCatchVariables: false,
    allowJs: true,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    esModuleInterop: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    noEmit: true,
    paths: {
      cellar: [path.join(root, 'kernel/sdk/cellar.d.ts')],
      // A notebook that has added Plot has its own.
      '@observablehq/plot': [
        './own/node_modules/@observablehq/plot',
        path.join(root, 'kernel/sdk/plot.d.ts'),
      ],
    },
  },
  typeAcquisition: { enable: false },
  include: ['own/cells/cell-*.ts', 'own/*.d.ts'],
})
