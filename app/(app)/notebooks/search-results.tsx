'use client'

import { Skeleton } from '@mantine/core'
import { IconNotebook, IconSearchOff } from '@tabler/icons-react'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import type { Folder } from '../../../lib/folders/list'
import type { SearchResult } from '../../../lib/notebooks/search'
import { api } from '../../_ui/api'
import { EmptyState } from '../../_ui/empty-state'
import { RelativeTime } from '../../_ui/relative-time'
import type { Wire } from '../../_ui/wire'
import { pathTo } from './library'
import classes from './library.module.css'

/** Typing pauses this long before the server is asked. */
const pauseMs = 180
/** An edit is found some seconds later: what is shown is asked for again. */
const againMs = 3000

type Found = { query: string; results: Wire<SearchResult>[] } | { query: string; failure: string }

/** Notebooks that hold the words, with the lines that do; a line opens its notebook at the cell. */
export function SearchResults({ query, folders }: { query: string; folders: Folder[] }) {
  const [found, setFound] = useState<Found>()
  useEffect(() => {
    let current = true
    let timer = setTimeout(ask, pauseMs)
    function ask() {
      api<{ results: Wire<SearchResult>[] }>('GET', `/api/notebooks/search?q=${encodeURIComponent(query)}`)
        .then(
          ({ results }) => current && setFound({ query, results }),
          (error: Error) => current && setFound({ query, failure: error.message }),
        )
        .finally(() => {
          if (current) timer = setTimeout(ask, againMs)
        })
    }
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [query])
  if (!found) return <Skeleton h={120} radius="md" />
  if ('failure' in found) return <p className={classes.failure}>The search failed: {found.failure}</p>
  if (found.results.length === 0)
    return (
      <EmptyState
        icon={<IconSearchOff size={22} stroke={1.6} />}
        title={`No notebook holds “${found.query}”`}
        compact
      />
    )
  return (
    <ul className={classes.results} aria-label="Found notebooks">
      {found.results.map((result) => (
        <Result key={result.id} result={result} query={found.query} folders={folders} />
      ))}
    </ul>
  )
}

type ResultProps = { result: Wire<SearchResult>; query: string; folders: Folder[] }

function Result({ result: { id, title, folderId, updatedAt, lines }, query, folders }: ResultProps) {
  const path = pathTo(folders, folderId)
    .map(({ name }) => name)
    .join(' / ')
  return (
    <li className={classes.result}>
      <div className={classes.resultHead}>
        <Link href={`/n/${id}`} className={classes.resultTitle}>
          <IconNotebook size={16} stroke={1.6} />
          <Marked text={title} query={query} />
        </Link>
        <span className={classes.resultPlace}>
          {path && `${path} · `}
          <RelativeTime at={updatedAt} />
        </span>
      </div>
      {lines.map(({ cellId, text }) => (
        <Link key={cellId} href={`/n/${id}#cell-${cellId}`} className={classes.resultLine}>
          <Marked text={text} query={query} />
        </Link>
      ))}
    </li>
  )
}

/** A text with the words that were searched for marked. */
function Marked({ text, query }: { text: string; query: string }) {
  const words = query.split(/\s+/).filter(Boolean)
  const pattern = new RegExp(
    `(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`,
    'gi',
  )
  return (
    <span>
      {text.split(pattern).map((piece, i) =>
        i % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name than their place
          <mark key={i} className={classes.found}>
            {piece}
          </mark>
        ) : (
          piece
        ),
      )}
    </span>
  )
}
