import { useEffect, useState } from 'react'
import type { Inspected } from '../../../../../lib/protocol/variables'
import { formatCount } from '../../../units'
import { useSession } from '../../context'
import classes from './variables.module.css'

type Props = {
  name: string
  /** Places of the entries that lead here. */
  path: number[]
  /** What was shown of it: read again when that changes. */
  seen: string | undefined
}

/** One level of a value, asked for when it is opened. */
export function Inside({ name, path, seen }: Props) {
  const session = useSession()
  const [known, setKnown] = useState<Inspected>()
  const [failure, setFailure] = useState<string>()
  const at = path.join(' ')

  const read = async (from: number) => {
    try {
      const next = await session.ask('variables.inspect', { name, path, from })
      setKnown((before) =>
        from === 0 || !before ? next : { ...next, entries: [...before.entries, ...next.entries] },
      )
      setFailure(undefined)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is its text, and `seen` says when
  useEffect(() => void read(0), [name, at, seen])

  if (failure) return <p className={classes.failure}>{failure}</p>
  if (!known) return null
  if (known.total === 0) return <p className={classes.failure}>empty</p>
  return (
    <ul className={classes.inside}>
      {known.entries.map((entry, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two keys of a Map may read alike
        <Entry key={place} entry={entry} name={name} path={[...path, place]} />
      ))}
      {known.entries.length < known.total && (
        <li>
          <button type="button" className={classes.more} onClick={() => void read(known.entries.length)}>
            {formatCount(known.total - known.entries.length)} more
          </button>
        </li>
      )}
    </ul>
  )
}

function Entry({ entry, name, path }: { entry: Inspected['entries'][number]; name: string; path: number[] }) {
  const [open, setOpen] = useState(false)
  const { key, type, shape, preview, inside } = entry
  const value = preview ?? [type, shape].filter(Boolean).join(' ')
  return (
    <li>
      <div className={classes.entry}>
        {inside ? (
          <button type="button" className={classes.key} aria-expanded={open} onClick={() => setOpen(!open)}>
            <span className={classes.arrow} data-open={open || undefined} aria-hidden="true" />
            {key}
          </button>
        ) : (
          <span className={classes.key}>{key}</span>
        )}
        <span className={classes.value} title={value}>
          {value}
        </span>
      </div>
      {inside && open && <Inside name={name} path={path} seen={preview} />}
    </li>
  )
}
