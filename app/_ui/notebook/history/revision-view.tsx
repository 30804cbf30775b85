'use client'

import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import Link from 'next/link'
import type { RevisionCell } from '../../../../lib/notebook/revision-content'
import { Page, PageHeader } from '../../page'
import { RelativeTime } from '../../relative-time'
import editor from '../editor.module.css'
import { highlight } from '../highlight'
import { Markdown } from '../outputs/markdown/markdown'
import classes from './history.module.css'
import { type LoadedRevision, reasonOf } from './revision'

type Props = { notebook: { id: string; title: string }; revision: LoadedRevision }

/** A notebook as it was, to read. */
export function RevisionView({ notebook: { id, title }, revision }: Props) {
  const { name, author, createdAt, content } = revision
  return (
    <Page>
      <PageHeader
        title={title}
        description={
          <>
            {name ?? reasonOf(revision)}, <RelativeTime at={createdAt} />
            {author !== null && `, ${author}`}. This is the notebook as it was; outputs are not kept.
          </>
        }
        actions={
          <Button
            component={Link}
            href={`/n/${id}`}
            variant="default"
            leftSection={<IconArrowLeft size={16} />}
          >
            To the notebook
          </Button>
        }
      />
      <div className={classes.cells} data-testid="revision">
        {content.cells.map((cell) => (
          <ReadOnlyCell key={cell.id} cell={cell} />
        ))}
      </div>
    </Page>
  )
}

function ReadOnlyCell({ cell: { id, kind, source } }: { cell: RevisionCell }) {
  if (kind === 'markdown')
    return (
      <article className={classes.text} data-cell-id={id}>
        <Markdown source={source} />
      </article>
    )
  const tokens = kind === 'code' ? highlight(source) : [{ kind: 'plain' as const, text: source }]
  return (
    <article data-cell-id={id}>
      <pre className={classes.code}>
        {tokens.map(({ kind, text }, i) =>
          kind === 'plain' ? (
            text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name than their place
            <span key={i} className={editor[kind]}>
              {text}
            </span>
          ),
        )}
      </pre>
    </article>
  )
}
