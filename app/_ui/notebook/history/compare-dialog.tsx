import { Button, Group, Modal, Select, Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowBackUp, IconBookmark, IconExternalLink } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { compareContents } from '../../../../lib/notebook/compare'
import { type RevisionContent, revisionContent } from '../../../../lib/notebook/revision-content'
import { api } from '../../api'
import { NameDialog } from '../../name-dialog'
import { say, sayFailure } from '../../notices'
import { useSession, useView } from '../context'
import { mayEdit } from '../view'
import { ComparisonList } from './comparison-list'
import classes from './history.module.css'
import { restoreRevision } from './restore-revision'
import { type LoadedRevision, type RevisionLine, titleOf } from './revision'

/** Stands for the notebook as it is. */
const present = 'present'

type Props = { from: RevisionLine; lines: RevisionLine[]; onClose: () => void }

/** What changed between two revisions, or since one; it can be named, opened and brought back from here. */
export function CompareDialog({ from, lines, onClose }: Props) {
  const session = useSession()
  const { notebookId } = session
  const editable = useView(mayEdit)
  const phone = useMediaQuery('(max-width: 48em)')
  const [beforeId, setBefore] = useState(from.id)
  const [afterId, setAfter] = useState<string>(present)
  const [naming, setNaming] = useState(false)
  const [busy, setBusy] = useState(false)
  const before = useContent(beforeId)
  const after = useContent(afterId)
  const comparison = useMemo(
    () => (before.content && after.content ? compareContents(before.content, after.content) : undefined),
    [before.content, after.content],
  )
  const chosen = lines.find(({ id }) => id === beforeId) ?? from
  const failure = before.failure ?? after.failure
  const options = lines.map((line) => ({ value: line.id, label: titleOf(line) }))

  async function restore() {
    if (!before.content) return
    setBusy(true)
    try {
      await restoreRevision(session, { id: beforeId, content: before.content })
      say('Restored. What was there before is in the history.')
      onClose()
    } catch (error) {
      setBusy(false)
      sayFailure('Nothing was restored', error)
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title="What changed"
      size={980}
      fullScreen={phone}
      data-testid="compare-revisions"
    >
      <div className={classes.sides}>
        <Select
          label="From"
          data={options}
          value={beforeId}
          onChange={(id) => id && setBefore(id)}
          allowDeselect={false}
          searchable
        />
        <Select
          label="To"
          data={[{ value: present, label: 'The notebook as it is now' }, ...options]}
          value={afterId}
          onChange={(id) => id && setAfter(id)}
          allowDeselect={false}
          searchable
        />
      </div>
      <Group gap="xs" my="md">
        {editable && (
          <>
            <Button
              size="xs"
              leftSection={<IconArrowBackUp size={15} />}
              loading={busy}
              disabled={!before.content}
              onClick={() => void restore()}
            >
              Restore
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconBookmark size={15} />}
              onClick={() => setNaming(true)}
            >
              {chosen.name === null ? 'Name' : 'Rename'}
            </Button>
          </>
        )}
        <Button
          size="xs"
          variant="default"
          component="a"
          href={`/n/${notebookId}?revision=${beforeId}`}
          target="_blank"
          leftSection={<IconExternalLink size={15} />}
        >
          Open as it was
        </Button>
      </Group>
      {failure !== undefined && <p className={classes.failure}>The revision cannot be read: {failure}</p>}
      {comparison ? (
        <ComparisonList comparison={comparison} />
      ) : (
        failure === undefined && <Skeleton h={180} radius="md" />
      )}
      {naming && (
        <NameDialog
          title="Name the revision"
          label="Name"
          value={chosen.name ?? undefined}
          description="A revision with a name is kept for good."
          maxLength={200}
          missing="Enter a name."
          submit="Keep"
          onSubmit={async (name) => {
            await api('PATCH', `/api/notebooks/${notebookId}/revisions/${beforeId}`, { name })
            setNaming(false)
          }}
          onClose={() => setNaming(false)}
        />
      )}
    </Modal>
  )
}

/** What a revision holds, or the document at this moment. */
function useContent(id: string): { content?: RevisionContent; failure?: string } {
  const { notebookId, document } = useSession()
  const [loaded, setLoaded] = useState<{ id: string; content?: RevisionContent; failure?: string }>()
  useEffect(() => {
    if (id === present) return setLoaded({ id, content: revisionContent(document) })
    let current = true
    api<LoadedRevision>('GET', `/api/notebooks/${notebookId}/revisions/${id}`).then(
      ({ content }) => current && setLoaded({ id, content }),
      (error: Error) => current && setLoaded({ id, failure: error.message }),
    )
    return () => {
      current = false
    }
  }, [id, notebookId, document])
  return loaded?.id === id ? loaded : {}
}
