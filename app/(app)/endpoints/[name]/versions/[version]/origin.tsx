import { Anchor, Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import Link from 'next/link'
import type { SliceCell, VersionPage } from '../../../../../../lib/registry/version-page'
import { algorithms } from '../../../../../../lib/training/algorithms'
import { CodeBlock } from '../../../../../_ui/code-block'
import { RelativeTime } from '../../../../../_ui/relative-time'
import { formatBytes } from '../../../../../_ui/units'
import type { Wire } from '../../../../../_ui/wire'
import classes from './version.module.css'

type Page = Wire<VersionPage>

/** The cells that made it as they ran, and the way to the notebook as it was then. */
export function Origin({ page }: { page: Page }) {
  const { notebook, revision, slice, cellId, cellSource, source } = page
  if (source?.kind === 'upload') {
    return (
      <p className={classes.meta}>
        Uploaded: {source.files.map(({ name, bytes }) => `${name} (${formatBytes(bytes)})`).join(', ')}
      </p>
    )
  }
  if (source?.kind === 'training') {
    const { name, version, hash } = source.dataset
    return (
      <p className={classes.meta}>
        From{' '}
        <Anchor component={Link} href={`/trainings/${source.trainingId}`} inherit>
          a training
        </Anchor>
        : {algorithms[source.algorithm].label.toLowerCase()} of {name}, version {version} (
        <code>{hash.slice(0, 10)}</code>)
      </p>
    )
  }
  const cells: SliceCell[] =
    slice.length > 0 ? slice : cellSource ? [{ id: cellId ?? '', kind: 'code', source: cellSource }] : []
  return (
    <>
      <div className={classes.originHead}>
        <p className={classes.meta}>{source ? <Repository source={source} /> : <Place page={page} />}</p>
        {notebook && revision && (
          <Button
            component={Link}
            href={`/n/${notebook.id}?revision=${revision.id}`}
            variant="default"
            size="compact-sm"
            leftSection={<IconExternalLink size={15} stroke={1.6} />}
          >
            Open the revision
          </Button>
        )}
      </div>
      <ol className={classes.slice}>
        {cells.map(({ id, source: text }, i) => (
          <li key={id}>
            <details open={id === cellId || cells.length <= 3}>
              <summary>
                {id === cellId ? 'The promoted cell' : `Cell ${i + 1}`}
                <span className={classes.excerpt}>{id !== cellId && firstLine(text)}</span>
              </summary>
              <CodeBlock code={text} label={id === cellId ? 'The promoted cell' : `Cell ${i + 1}`} />
            </details>
          </li>
        ))}
      </ol>
    </>
  )
}

function Repository({ source }: { source: Extract<Page['source'], { kind: 'repository' }> }) {
  return (
    <>
      From{' '}
      <Anchor component={Link} href={`/repositories/${source.repositoryId}`} inherit>
        {source.path}
      </Anchor>{' '}
      of {source.address} at <code>{source.commit.slice(0, 10)}</code>
    </>
  )
}

function Place({ page: { notebook, revision, slice, cellId } }: { page: Page }) {
  if (!notebook) return 'Its notebook was deleted; the promoted cell is kept with the version.'
  const link = (
    <Anchor component={Link} href={`/n/${notebook.id}${cellId ? `#cell-${cellId}` : ''}`} inherit>
      {notebook.title}
    </Anchor>
  )
  if (!revision) return <>From {link}. No revision holds the cell as it ran.</>
  const cells = slice.length === 1 ? 'one cell' : `${slice.length} cells`
  return (
    <>
      From {cells} of {link}
      {revision.name !== null && <>, in “{revision.name}”</>}
      {' · '}revision of <RelativeTime at={revision.createdAt} />
    </>
  )
}

const firstLine = (text: string) => text.trim().split('\n')[0]
