import { Anchor } from '@mantine/core'
import type { RunPage } from '../../../../lib/experiments/run'
import { DataTable } from '../../../_ui/data-table'
import { formatBytes } from '../../../_ui/units'
import type { Wire } from '../../../_ui/wire'
import classes from '../experiments.module.css'

type Artifact = Wire<RunPage>['artifacts'][number]

/** Larger ones are only saved. */
const shownBytes = 5_000_000

/** A run's files, to be saved; pictures are shown. An SVG in an <img> runs nothing. */
export function Artifacts({ runId, artifacts }: { runId: string; artifacts: Artifact[] }) {
  const address = (name: string) => `/api/runs/${runId}/artifacts?${new URLSearchParams({ name })}`
  const pictures = artifacts.filter(({ type, bytes }) => type.startsWith('image/') && bytes <= shownBytes)
  return (
    <>
      <DataTable
        label="Artifacts"
        rows={artifacts}
        rowKey={({ name }) => name}
        columns={[
          {
            key: 'name',
            title: 'File',
            value: ({ name }) => name,
            render: ({ name }) => (
              <Anchor href={address(name)} download size="sm">
                {name}
              </Anchor>
            ),
          },
          { key: 'type', title: 'Type', wide: true, render: ({ type }) => type },
          {
            key: 'bytes',
            title: 'Size',
            numeric: true,
            value: ({ bytes }) => bytes,
            render: ({ bytes }) => formatBytes(bytes),
          },
        ]}
      />
      {pictures.map(({ name }) => (
        // biome-ignore lint/performance/noImgElement: a person's picture behind the door has nothing to optimise
        <img key={name} className={classes.image} src={address(name)} alt={name} />
      ))}
    </>
  )
}
