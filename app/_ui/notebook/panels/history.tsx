import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core'
import { IconBookmarkPlus } from '@tabler/icons-react'
import { useState } from 'react'
import * as Y from 'yjs'
import { NameDialog } from '../../name-dialog'
import { useSession, useView } from '../context'
import { CompareDialog } from '../history/compare-dialog'
import classes from '../history/history.module.css'
import { byDay, type RevisionLine, reasonOf, timeOf } from '../history/revision'
import { useHistory } from '../history/use-history'
import { useNow } from '../use-now'
import { mayEdit } from '../view'

/** The notebook's revisions by day; one that is pressed is compared with the notebook as it is. */
export function HistoryPanel() {
  const { lines, failure, more } = useHistory()
  const editable = useView(mayEdit)
  const [opened, open] = useState<RevisionLine>()
  const now = new Date(useNow(true, 60_000))
  return (
    <>
      {editable && <NamePresent />}
      {failure !== undefined && <p className={classes.failure}>The history cannot be read: {failure}</p>}
      {!lines && failure === undefined && [1, 2, 3, 4].map((n) => <Skeleton key={n} h={28} mb={8} />)}
      {lines &&
        byDay(lines, now).map(({ day, lines: ofDay }) => (
          <section key={day} aria-label={day}>
            <h3 className={classes.day}>{day}</h3>
            <ul className={classes.lines}>
              {ofDay.map((line) => (
                <li key={line.id}>
                  <button type="button" className={classes.line} onClick={() => open(line)}>
                    <Line line={line} from={lines.find(({ id }) => id === line.restoredFrom)} />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      {more && (
        <Button variant="subtle" size="compact-sm" fullWidth onClick={more}>
          Show older
        </Button>
      )}
      {opened && lines && <CompareDialog from={opened} lines={lines} onClose={() => open(undefined)} />}
    </>
  )
}

function Line({ line, from }: { line: RevisionLine; from: RevisionLine | undefined }) {
  const restored = from ? ` ${from.name ?? timeOf(from)}` : ''
  return (
    <>
      <span className={classes.time}>{timeOf(line)}</span>
      <span className={classes.what}>
        {line.name !== null && <strong className={classes.name}>{line.name}</strong>}
        <span className={classes.why}>
          {reasonOf(line)}
          {restored}
          {line.author !== null && ` · ${line.author}`}
        </span>
      </span>
    </>
  )
}

function NamePresent() {
  const { document, request } = useSession()
  const [naming, setNaming] = useState(false)
  return (
    <>
      <div className={classes.head}>
        <span>Kept at each run, and when edits rest.</span>
        <Tooltip label="Name the notebook as it is now">
          <ActionIcon size={26} aria-label="Name this state" onClick={() => setNaming(true)}>
            <IconBookmarkPlus size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
      {naming && (
        <NameDialog
          title="Name this state"
          label="Name"
          description="A revision with a name is kept for good."
          placeholder="before the new features"
          maxLength={200}
          missing="Enter a name."
          submit="Keep"
          onSubmit={async (name) => {
            await request('notebook.revise', { stateVector: Y.encodeStateVector(document), name })
            setNaming(false)
          }}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  )
}
