'use client'

import { ActionIcon, Button, Group, Switch, Tooltip } from '@mantine/core'
import { IconBell, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { RuleSummary } from '../../../../../lib/alerts/rules'
import { api } from '../../../../_ui/api'
import { type Column, DataTable } from '../../../../_ui/data-table'
import { EmptyState } from '../../../../_ui/empty-state'
import { say, sayFailure } from '../../../../_ui/notices'
import { AlertDialog } from './alert-dialog'
import { describeRule } from './describe-rule'
import classes from './settings.module.css'

type Props = {
  endpoint: string
  first: RuleSummary[]
  mayManage: boolean
  /** Whether a mail server is set. */
  mails: boolean
}

/** The rules of an endpoint: when somebody is told, and who. */
export function AlertRules({ endpoint, first, mayManage, mails }: Props) {
  const [rules, setRules] = useState(first)
  const [adding, setAdding] = useState(false)
  const path = `/api/endpoints/${endpoint}/alerts`
  const read = async () => setRules((await api<{ rules: RuleSummary[] }>('GET', path)).rules)
  const act = async (what: () => Promise<unknown>) => {
    try {
      await what()
      await read()
    } catch (error) {
      sayFailure('The rule was not changed', error)
    }
  }
  const remove = (id: string) =>
    act(async () => {
      await api('DELETE', `${path}/${id}`)
      say('The rule was deleted, with its history.')
    })
  const enable = (id: string, enabled: boolean) => act(() => api('PATCH', `${path}/${id}`, { enabled }))
  const add = mayManage && (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} stroke={1.6} />}
      onClick={() => setAdding(true)}
    >
      Add an alert
    </Button>
  )
  return (
    <>
      <DataTable
        label="Alert rules"
        columns={columnsOf(mayManage, enable, remove)}
        rows={rules}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            icon={<IconBell size={22} stroke={1.6} />}
            title="Nobody is told yet"
            action={add}
            compact
          >
            By mail or webhook, when requests fail, answers are slow, or the data drifts.
          </EmptyState>
        }
      />
      {!mails && rules.some(({ emails }) => emails.length > 0) && (
        <p className={classes.warning}>
          No mail server is set, so that mails wait: start Cellar with CELLAR_SMTP_URL and CELLAR_MAIL_FROM.
        </p>
      )}
      {rules.length > 0 && <Group mt="sm">{add}</Group>}
      {adding && (
        <AlertDialog
          endpoint={endpoint}
          mails={mails}
          onAdded={async () => {
            await read()
            setAdding(false)
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  )
}

function columnsOf(
  mayManage: boolean,
  enable: (id: string, enabled: boolean) => void,
  remove: (id: string) => void,
): Column<RuleSummary>[] {
  return [
    { key: 'rule', title: 'When', render: describeRule },
    {
      key: 'told',
      title: 'Told',
      render: ({ emails, webhookUrl }) => (
        <span className={classes.targets}>
          {[...emails, ...(webhookUrl === null ? [] : [webhookUrl])].join(', ')}
        </span>
      ),
    },
    {
      key: 'enabled',
      title: 'On',
      width: 70,
      render: (rule) => (
        <Switch
          size="sm"
          checked={rule.enabled}
          disabled={!mayManage}
          onChange={(event) => enable(rule.id, event.currentTarget.checked)}
          aria-label={`On: ${describeRule(rule)}`}
        />
      ),
    },
    {
      key: 'actions',
      title: '',
      width: 60,
      render: (rule) =>
        mayManage && (
          <Tooltip label="Delete">
            <ActionIcon aria-label={`Delete: ${describeRule(rule)}`} onClick={() => remove(rule.id)}>
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        ),
    },
  ]
}
