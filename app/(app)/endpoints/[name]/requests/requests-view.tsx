'use client'

import { Button, Group, Skeleton, Text } from '@mantine/core'
import { IconSearchOff } from '@tabler/icons-react'
import type { SearchChoices } from '../../../../../lib/requests/choices'
import { EmptyState } from '../../../../_ui/empty-state'
import type { Wire } from '../../../../_ui/wire'
import { ExportMenu } from './export-menu'
import { ExportToDataset } from './export-to-dataset'
import { RequestTable } from './request-table'
import classes from './requests.module.css'
import { isNarrowed, readSearch, type Search } from './search'
import { SearchBar } from './search-bar'
import { UploadLabels } from './upload-labels'
import { useSearch } from './use-search'

type Props = { endpoint: string; choices: Wire<SearchChoices>; first: Search; mayCreateData: boolean }

/** An endpoint's requests: searched, looked at, labelled and taken along. */
export function RequestsView({ endpoint, choices, first, mayCreateData }: Props) {
  const { search, change, found, problem, busy, refresh, more } = useSearch(endpoint, first)
  return (
    <>
      <div className={classes.head}>
        <SearchBar search={search} choices={choices} onChange={change} />
        <Group gap="xs">
          <UploadLabels endpoint={endpoint} onLabelled={refresh} />
          <ExportMenu endpoint={endpoint} search={search} />
          {mayCreateData && <ExportToDataset endpoint={endpoint} search={search} />}
        </Group>
      </div>
      {problem && (
        <p className={classes.error} role="alert">
          {problem}
        </p>
      )}
      {found ? (
        <RequestTable
          endpoint={endpoint}
          requests={found.requests}
          onLabelled={refresh}
          empty={
            isNarrowed(search) ? (
              <EmptyState
                icon={<IconSearchOff size={22} stroke={1.6} />}
                title="No request fits"
                action={
                  <Button variant="default" onClick={() => change(readSearch({}))}>
                    Clear the search
                  </Button>
                }
                compact
              >
                Fields can be searched in the inputs that are kept.
              </EmptyState>
            ) : undefined
          }
        />
      ) : (
        !problem && <Skeleton height={320} radius="lg" />
      )}
      {found && found.requests.length > 0 && (
        <Group mt="sm" justify="space-between">
          <Text size="sm" c="dimmed" aria-live="polite">
            {more ? `The newest ${found.requests.length} that fit` : `${found.requests.length} in all`}
          </Text>
          {more && (
            <Button variant="default" onClick={more} loading={busy}>
              Show more
            </Button>
          )}
        </Group>
      )}
    </>
  )
}
