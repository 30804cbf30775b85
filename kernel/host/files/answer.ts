import type { FilesCall } from '../../../lib/protocol/hosts'
import type { Files } from './index'

/** Answers what web asks of a notebook's files; paths were checked there. */
export function answerFiles(files: Files, notebookId: string, call: FilesCall): Promise<unknown> {
  switch (call.method) {
    case 'list':
      return files.list(notebookId, call.path)
    case 'read':
      return files.read(notebookId, call.path, call.offset)
    case 'begin':
      return files.begin(notebookId, call.path)
    case 'append':
      return files.append(notebookId, call.upload, call.data)
    case 'end':
      return files.end(notebookId, call.upload, call.path)
    case 'change':
      return files.change(notebookId, call.change)
  }
}
