import { type CellChange, type Comparison, changedAttributes } from '../../../../lib/notebook/compare'
import classes from './history.module.css'
import { TextDiff } from './text-diff'

/** What differs between two contents, cell by cell. */
export function ComparisonList({ comparison: { cells, settings } }: { comparison: Comparison }) {
  const different = cells.filter(({ type }) => type !== 'same')
  if (different.length === 0 && settings.length === 0)
    return <p className={classes.empty}>Both read the same.</p>
  return (
    <>
      <p className={classes.summary}>{summarise(cells)}</p>
      {settings.length > 0 && (
        <p className={classes.settings}>Settings of the notebook: {settings.join('; ')}</p>
      )}
      <ol className={classes.changes}>
        {different.map((change) => {
          const { id, kind } = 'after' in change ? change.after : change.before
          return (
            <li key={id} className={classes.change} data-type={change.type}>
              <header className={classes.changeHead}>
                <span className={classes.type}>{wordOf(change)}</span>
                <span className={classes.kind}>{kindNames[kind]}</span>
              </header>
              <Body change={change} />
            </li>
          )
        })}
      </ol>
    </>
  )
}

const kindNames = { code: 'code', markdown: 'Markdown', sql: 'SQL' } as const

function Body({ change }: { change: CellChange }) {
  switch (change.type) {
    case 'added':
      return <TextDiff before="" after={change.after.source} />
    case 'removed':
      return <TextDiff before={change.before.source} after="" />
    case 'changed':
      return change.before.source === change.after.source ? (
        <p className={classes.settings}>{markChanges(change)}</p>
      ) : (
        <TextDiff before={change.before.source} after={change.after.source} />
      )
    case 'moved':
    case 'same':
      return <pre className={classes.excerpt}>{change.after.source.split('\n').slice(0, 3).join('\n')}</pre>
  }
}

const wordOf = (change: CellChange) =>
  change.type === 'changed' && change.moved ? 'changed and moved' : change.type

function markChanges({ before, after }: Extract<CellChange, { type: 'changed' }>) {
  const kind = before.kind === after.kind ? [] : [`${kindNames[before.kind]} → ${kindNames[after.kind]}`]
  const marks = changedAttributes(before, after).map(
    (name) => `${name}: ${before.attributes[name] ?? 'no'} → ${after.attributes[name] ?? 'no'}`,
  )
  return [...kind, ...marks].join('; ')
}

function summarise(cells: CellChange[]) {
  const types = ['changed', 'added', 'removed', 'moved', 'same'] as const
  return types
    .map((type) => [cells.filter((change) => change.type === type).length, type] as const)
    .filter(([count]) => count > 0)
    .map(([count, type]) => `${count} ${type === 'same' ? 'the same' : type}`)
    .join(', ')
}
