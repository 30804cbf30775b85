import { columnsOf } from '../columns-of'
import { DataFrame } from '../data-frame'
import type { SparkHost } from '../host'
import { DataFrameReader } from '../reader'

type Saved = { save(path: string, how?: { overwrite?: boolean }): Promise<void>; uid: string }
type Metadata = { class: string; uid: string; paramMap: Record<string, unknown> }

/** Writes a pipeline as Spark itself does, so that Spark reads it too: its metadata, and a folder for each step. */
export async function saveStages(
  host: SparkHost,
  {
    className,
    uid,
    stages,
    path,
    overwrite = false,
  }: {
    className: string
    uid: string
    stages: readonly Saved[]
    path: string
    overwrite?: boolean
  },
) {
  const metadata = {
    class: className,
    timestamp: Date.now(),
    sparkVersion: '4.3.0',
    uid,
    paramMap: { stageUids: stages.map((stage) => stage.uid) },
    defaultParamMap: {},
  }
  const table = new DataFrame(host, await host.upload(columnsOf([{ value: JSON.stringify(metadata) }])))
  await table
    .coalesce(1)
    .write.mode(overwrite ? 'overwrite' : 'error')
    .format('text')
    .save(`${path}/metadata`)
  for (const [i, stage] of stages.entries())
    await stage.save(stagePath(path, i, stages.length, stage.uid), { overwrite })
}

export async function readMetadata(host: SparkHost, path: string): Promise<Metadata> {
  const first = await new DataFrameReader(host).text(`${path}/metadata`).first()
  if (!first) throw new Error(`no model was saved there: ${path}`)
  return JSON.parse(first.value) as Metadata
}

export const stagePath = (path: string, i: number, count: number, uid: string) =>
  `${path}/stages/${String(i).padStart(String(count).length, '0')}_${uid}`
