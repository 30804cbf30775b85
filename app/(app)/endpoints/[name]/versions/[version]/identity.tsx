import Link from 'next/link'
import type { ReactNode } from 'react'
import type { VersionPage } from '../../../../../../lib/registry/version-page'
import { CopyButton } from '../../../../../_ui/copy-button'
import { Card } from '../../../../../_ui/page'
import { formatBytes } from '../../../../../_ui/units'
import type { Wire } from '../../../../../_ui/wire'
import classes from './version.module.css'

/** Hashes of the model, its schema, the packages and the data, and what it was made with. */
export function Identity({ page: { hashes, data, environment } }: { page: Wire<VersionPage> }) {
  return (
    <Card>
      <dl className={classes.identity}>
        <Hash name="Artifact" value={hashes.artifact} />
        <Hash name="Schema" value={hashes.schema} />
        <Hash name="Packages’ lockfile" value={hashes.lockfile} missing="no packages of its own" />
        {data?.map(({ name, bytes, sha256, cellId, dataset }) => (
          <Hash
            key={`${cellId} ${name} ${sha256}`}
            name={dataset ? <DatasetLink name={name} version={dataset.version} /> : `Data: ${name}`}
            value={sha256}
            note={formatBytes(bytes)}
          />
        ))}
        {!data?.length && <Hash name="Data" value={null} missing={data ? 'none was read' : 'not recorded'} />}
        <div>
          <dt>Environment</dt>
          <dd className={classes.environment}>
            {Object.entries(environment).map(([name, value]) => (
              <span key={name}>
                {name} <b>{value}</b>
              </span>
            ))}
          </dd>
        </div>
      </dl>
    </Card>
  )
}

const DatasetLink = ({ name, version }: { name: string; version: number }) => (
  <>
    Data set:{' '}
    <Link href={`/data/${name}?version=${version}`}>
      {name}, version {version}
    </Link>
  </>
)

type HashProps = { name: ReactNode; value: string | null; note?: string; missing?: string }

function Hash({ name, value, note, missing }: HashProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value === null ? (
          <span className={classes.meta}>{missing}</span>
        ) : (
          <span className={classes.hash}>
            <code title={value}>{value}</code>
            {note && <span className={classes.meta}>{note}</span>}
            <CopyButton text={value} />
          </span>
        )}
      </dd>
    </div>
  )
}
