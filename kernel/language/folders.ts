import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export type LanguageFolders = {
  /** The checkout, whose packages every notebook has. */
  root: string
  /** Where the notebooks' projects are. */
  folder: string
  /** A notebook's own folder: its files, and in `node_modules` its packages. */
  workFolder(notebookId: string): string
}

/**
 * Makes a notebook's project and answers the folder of its cells, which exist only in the server's memory. The cells
 * stand, by a link, in the notebook's own folder: they find its files and packages, then those of the checkout.
 */
export function prepareProject({ root, folder, workFolder }: LanguageFolders, notebookId: string): string {
  const project = path.join(folder, notebookId)
  mkdirSync(project, { recursive: true })
  mkdirSync(workFolder(notebookId), { recursive: true })
  link(path.join(root, 'node_modules'), path.join(project, 'node_modules'))
  link(workFolder(notebookId), path.join(project, 'cells'))
  copyFileSync(path.join(root, 'kernel/language/globals.d.ts'), path.join(project, 'globals.d.ts'))
  writeFileSync(path.join(project, 'tsconfig.json'), `${JSON.stringify(configuration(root), null, 2)}\n`)
  return path.join(project, 'cells')
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
    paths: { cellar: [path.join(root, 'kernel/sdk/cellar.d.ts')] },
  },
  typeAcquisition: { enable: false },
  include: ['cells/cell-*.ts', '*.d.ts'],
})
