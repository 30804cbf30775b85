'use client'

import { Button } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { TokenSummary } from '../../../lib/tokens/list'
import { api } from '../../_ui/api'
import { Confirm } from '../../_ui/confirm'
import { type Column, DataTable } from '../../_ui/data-table'
import { EmptyState } from '../../_ui/empty-state'
import { say, sayFailure } from '../../_ui/notices'
import { Section } from '../../_ui/page'
import { RelativeTime } from '../../_ui/relative-time'
import type { Wire } from '../../_ui/wire'
import { NewKeyDialog } from './new-key-dialog'
import { RateDialog } from './rate-dialog'
import { describeRate, shortRate } from './rate-fields'
import classes from './settings.module.css'

type Token = Wire<TokenSummary>

/** The keys by which applications call the workspace's endpoints. */
export function ApiKeys({ tokens, mayEdit }: { tokens: Token[]; mayEdit: boolean }) {
  const router = useRouter()
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<Token>()
  const [limiting, setLimiting] = useState<Token>()
  const revoke = async ({ id, name }: Token) => {
    try {
      await api('DELETE', `/api/tokens/${id}`)
      say(`“${name}” no longer works.`)
      router.refresh()
    } catch (error) {
      sayFailure(`“${name}” could not be revoked`, error)
    }
    setRevoking(undefined)
  }
  const makeButton = mayEdit && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
      New API key
    </Button>
  )
  return (
    <Section
      title="API keys"
      description="Applications send one with each prediction. A key reaches this workspace and nothing else."
      actions={tokens.length > 0 && makeButton}
    >
      <DataTable
        label="API keys"
        columns={columnsOf(mayEdit, setRevoking, setLimiting)}
        rows={tokens}
        rowKey={({ id }) => id}
        sort={{ key: 'created', descending: true }}
        empty={
          <EmptyState
            icon={<IconKey size={22} stroke={1.6} />}
            title="No API keys yet"
            action={makeButton}
            compact
          >
            A key is shown once, when it is made, and stored only as a hash.
          </EmptyState>
        }
      />
      {making && (
        <NewKeyDialog
          onClose={() => {
            setMaking(false)
            router.refresh()
          }}
        />
      )}
      {limiting && (
        <RateDialog
          token={limiting}
          onClose={(changed) => {
            setLimiting(undefined)
            if (changed) router.refresh()
          }}
        />
      )}
      {revoking && (
        <Confirm
          title={`Revoke “${revoking.name}”?`}
          text="Applications that use it are refused from now on. This cannot be undone."
          action="Revoke"
          onConfirm={() => revoke(revoking)}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </Section>
  )
}

function columnsOf(
  mayEdit: boolean,
  revoke: (token: Token) => void,
  limit: (token: Token) => void,
): Column<Token>[] {
  return [
    {
      key: 'name',
      title: 'Name',
      value: ({ name }) => name,
      render: ({ id, name, scope }) => (
        <>
          {name}
          <code className={classes.begins} title="What the key begins with">
            cellar_{id}_…
          </code>
          {scope === 'write' && <span className={classes.note}>may change</span>}
        </>
      ),
    },
    {
      key: 'created',
      title: 'Made',
      wide: true,
      value: ({ createdAt }) => Date.parse(createdAt),
      render: ({ createdAt, createdBy }) => <RelativeTime at={createdAt} since={`By ${createdBy},`} />,
    },
    {
      key: 'used',
      title: 'Last used',
      wide: true,
      value: ({ lastUsedAt }) => (lastUsedAt ? Date.parse(lastUsedAt) : null),
      render: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime at={lastUsedAt} /> : 'never'),
    },
    {
      key: 'rate',
      title: 'Rate limit',
      value: ({ rate }) => rate?.perSecond ?? null,
      render: (token) =>
        mayEdit ? (
          <Button
            variant="subtle"
            size="compact-sm"
            ml={-8}
            fw={400}
            title={describeRate(token.rate)}
            aria-label={`Change the rate limit of ${token.name}: ${describeRate(token.rate)}`}
            onClick={() => limit(token)}
          >
            {shortRate(token.rate)}
          </Button>
        ) : (
          shortRate(token.rate)
        ),
    },
    {
      key: 'actions',
      title: '',
      numeric: true,
      render: (token) =>
        mayEdit && (
          <Button
            variant="subtle"
            c="var(--cellar-failed-text)"
            size="compact-sm"
            aria-label={`Revoke ${token.name}`}
            onClick={() => revoke(token)}
          >
            Revoke
          </Button>
        ),
    },
  ]
}
