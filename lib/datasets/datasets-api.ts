import { stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { downloadEndings, downloadTypes } from '../protocol/dataset'
import { Refused } from '../refused'
import type { ApiDatasetVersion, DatasetsApi } from '../serving/datasets-api'
import { refusing } from '../serving/refusing'
import { sendWeb, webHeaders, webRequest } from '../serving/web-request'
import type { DataStore } from './data-store'
import {
  type Dataset,
  type DatasetVersion,
  findDataset,
  listVersions,
  requireDataset,
  requireVersion,
  versionById,
} from './find'
import { importStream } from './import-stream'
import { listDatasets } from './list'
import { datasetName } from './name'
import { tusServer, uploadName } from './tus'
import { insertUpload, requireUpload } from './uploads'

/** Where applications' uploads go, by the tus protocol. */
const uploadsPath = '/api/v1/uploads'

type Place = DataStore & {
  /** Of all uploads. */
  folder: string
  /** Cellar's own address. */
  origin: string
}

/** What applications may do with data sets, for the gateway: the same functions that pages call. */
export function createDatasetsApi({ db, artifacts, ask, folder, origin }: Place): DatasetsApi {
  const find = async (workspaceId: string, name: string, number?: number) => {
    const dataset = await requireDataset(db, workspaceId, name)
    return { dataset, version: await requireVersion(db, dataset, number) }
  }
  const fileOf = async (sha256: string) => ({
    sha256,
    bytes: await artifacts.size(sha256),
  })
  const described = async (
    { name }: Pick<Dataset, 'name'>,
    version: DatasetVersion,
  ): Promise<ApiDatasetVersion> => ({
    dataset: name,
    version: version.number,
    parent: version.parent,
    hash: version.hash,
    rows: version.rows,
    columns: version.columns,
    base: await fileOf(version.base),
    changes: version.changes === null ? null : await fileOf(version.changes),
    origin: version.origin,
    message: version.message,
    created_at: version.createdAt.toISOString(),
  })

  return {
    list: ({ workspaceId }) =>
      refusing(async () =>
        (await listDatasets(db, workspaceId)).map(({ id: _, origin: __, updatedAt, ...dataset }) => ({
          ...dataset,
          updated_at: updatedAt.toISOString(),
        })),
      ),

    versions: ({ workspaceId, dataset: name }) =>
      refusing(async () => {
        const { id } = await requireDataset(db, workspaceId, name)
        return (await listVersions(db, id)).map(
          ({ number, parent, hash, rows, origin, message, createdAt }) => ({
            version: number,
            parent,
            hash,
            rows,
            origin,
            message,
            created_at: createdAt.toISOString(),
          }),
        )
      }),

    version: ({ workspaceId, dataset: name, version: number }) =>
      refusing(async () => {
        const { dataset, version } = await find(workspaceId, name, number)
        return described(dataset, version)
      }),

    download: ({ workspaceId, dataset: name, version: number, format }) =>
      refusing(async () => {
        const { version } = await find(workspaceId, name, number)
        const { file } = await ask('download', { versionId: version.id, format })
        return {
          file,
          name: `${name}-${version.number}.${downloadEndings[format]}`,
          type: downloadTypes[format],
          // Made anew after a week, its bytes may differ: only what is sent from one file goes on.
          tag: `${version.hash}-${format}-${(await stat(file)).ino}`,
        }
      }),

    file: ({ workspaceId, dataset: name, version: number, sha256 }) =>
      refusing(async () => {
        const { version } = await find(workspaceId, name, number)
        if (sha256 !== version.base && sha256 !== version.changes)
          throw new Refused(404, 'not_found', `version ${number} of ${name} has no such file: ${sha256}`)
        return artifacts.file(sha256)
      }),

    push: ({ workspaceId, author, dataset: asked, message, file, parent, upload }, request) =>
      refusing(async () => {
        const checked = datasetName.safeParse(asked)
        if (!checked.success)
          throw new Refused(400, 'bad_name', `${checked.error.issues[0]!.message}: ${asked}`)
        const name = checked.data
        const known = parent === 0 ? undefined : await findDataset(db, workspaceId, name)
        if (parent && !known)
          throw new Refused(404, 'not_found', `there is no data set of this name: ${name}`)
        const save = {
          userId: author,
          origin: 'push' as const,
          message,
          options: {},
          known: [],
          leaveOutRejected: false,
          misfitsAsMissing: false,
          target: known ? { datasetId: known.id, parent: parent ?? null } : { name, description: '' },
        }
        if (upload !== undefined) await requireUpload(db, upload, workspaceId)
        const { version } = upload
          ? await ask('save', { ...save, uploadId: upload })
          : await importStream(request, { ...save, workspaceId, file }, { db, ask, folder })
        return described({ name }, await versionById(db, version.id))
      }),

    upload: ({ workspaceId, author, id }, request, response) =>
      refusing(async () => {
        if (id !== undefined) await requireUpload(db, id, workspaceId)
        const name = uploadName(webHeaders(request).get('upload-metadata'))
        if (id === undefined && (name === '' || name.includes('\0')))
          throw new Refused(400, 'no_name', 'say the name of the file in Upload-Metadata: filename')
        const answer = await tusServer(uploadsPath).handleWeb(webRequest(request, origin))
        const made = answer.headers.get('location')?.split('/').at(-1)
        if (id === undefined && answer.status === 201 && made !== undefined)
          await insertUpload(db, { id: made, workspaceId, name, bytes: lengthOf(request), createdBy: author })
        await sendWeb(response, answer, { 'cache-control': 'no-store' })
      }),
  }
}

const lengthOf = (request: IncomingMessage) => Number(request.headers['upload-length'] ?? 0)
