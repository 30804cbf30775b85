'use client'

import { Menu } from '@mantine/core'
import { useState } from 'react'
import type { VersionStatus } from '../../../../../../lib/protocol/version-status'
import type { VersionPage } from '../../../../../../lib/registry/version-page'
import { compareVersions } from '../../../../../../lib/registry/versions'
import type { Wire } from '../../../../../_ui/wire'
import { DeleteDialog } from '../../delete-dialog'
import { StatusChoices } from '../../status-choices'
import { StatusDialog } from '../../status-dialog'

type Props = { page: Wire<VersionPage>; onChange: () => Promise<void> }

/** The version's status, and its end. */
export function VersionActions({ page, onChange }: Props) {
  const [change, setChange] = useState<{ status: VersionStatus; title: string }>()
  const [deleting, setDeleting] = useState(false)
  const { endpoint, version, state, versions, use } = page
  const production = versions.find(({ status, state }) => status === 'production' && state === 'ready')
  const remove = (
    <Menu.Item color="red" onClick={() => setDeleting(true)}>
      Delete
    </Menu.Item>
  )
  return (
    <>
      <StatusChoices
        version={page}
        ready={state === 'ready'}
        older={production !== undefined && compareVersions(version, production.version) < 0}
        onChoose={(status, title) => setChange({ status, title })}
      >
        {state === 'ready' && <Menu.Divider />}
        {remove}
      </StatusChoices>
      {change && (
        <StatusDialog
          {...change}
          endpoint={endpoint}
          version={version}
          onChanged={onChange}
          onClose={() => setChange(undefined)}
        />
      )}
      {deleting && (
        <DeleteDialog
          title={`Delete version ${version}`}
          text="Nobody can call it from then on, and its model is removed within two hours. Its history and its log stay. This cannot be taken back."
          use={use}
          path={`/api/endpoints/${endpoint}/versions/${version}`}
          done={`Version ${version} was deleted.`}
          onDeleted={onChange}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}
