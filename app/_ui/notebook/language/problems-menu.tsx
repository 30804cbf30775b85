import { Popover, ScrollArea, Switch, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import { useState } from 'react'
import { setSetting } from '../../../../lib/notebook/settings'
import type { Actions } from '../actions'
import { useSession, useView } from '../context'
import { mayEdit } from '../view'
import { type ListedProblem, listProblems } from './problems'
import classes from './problems.module.css'

/** How many problems the code has, and the list of them. */
export function ProblemsMenu({ actions }: { actions: Actions }) {
  const [opened, setOpened] = useState(false)
  const ids = useView((view) => view.ids)
  const view = useView((view) => view.problems)
  const problems = listProblems(view, ids)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="top-start"
      width="min(560px, 94vw)"
      shadow="md"
      trapFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.counts}
          data-testid="problems"
          aria-label={`Problems: ${plural(errors, 'error')}, ${plural(warnings, 'warning')}`}
          onClick={() => setOpened(!opened)}
        >
          <IconCircleX size={14} data-severity={errors > 0 ? 'error' : undefined} /> {errors}
          <IconAlertTriangle size={14} data-severity={warnings > 0 ? 'warning' : undefined} /> {warnings}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <ScrollArea.Autosize mah={320}>
          {problems.length === 0 ? (
            <p className={classes.none}>No problems: every cell fits the others.</p>
          ) : (
            <ul className={classes.list}>
              {problems.map((problem) => (
                <li key={keyOf(problem)}>
                  <Line
                    problem={problem}
                    go={() => {
                      setOpened(false)
                      actions.openPlace(problem)
                    }}
                  />
                </li>
              ))}
            </ul>
          )}
        </ScrollArea.Autosize>
        <Blocking />
      </Popover.Dropdown>
    </Popover>
  )
}

function Line({ problem, go }: { problem: ListedProblem; go(): void }) {
  const { severity, message, index, range } = problem
  const Icon = severity === 'error' ? IconCircleX : IconAlertTriangle
  return (
    <UnstyledButton className={classes.line} onClick={go}>
      <Icon size={15} data-severity={severity} aria-label={severity} />
      <span className={classes.message}>{message}</span>
      <span className={classes.place}>
        cell {index + 1}, line {range.start.line + 1}
      </span>
    </UnstyledButton>
  )
}

/** Whether cells with type errors run. */
function Blocking() {
  const { document } = useSession()
  const blocks = useView((view) => view.settings.typeErrorsBlock)
  const editable = useView(mayEdit)
  return (
    <div className={classes.foot}>
      <Switch
        size="xs"
        label="Do not run cells with type errors"
        checked={blocks}
        disabled={!editable}
        onChange={(event) => setSetting(document, 'typeErrorsBlock', event.currentTarget.checked)}
      />
    </div>
  )
}

const plural = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
const keyOf = ({ cellId, range: { start }, code, message }: ListedProblem) =>
  `${cellId} ${start.line}:${start.character} ${code} ${message}`
