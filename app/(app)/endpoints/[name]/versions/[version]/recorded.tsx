import { Anchor } from '@mantine/core'
import Link from 'next/link'
import type { RunRow } from '../../../../../../lib/protocol/runs'
import { Card } from '../../../../../_ui/page'
import type { Wire } from '../../../../../_ui/wire'
import classes from '../../../../experiments/experiments.module.css'
import { formatNumber, formatParam, runName } from '../../../../experiments/format'

/** The run that a version was promoted from: its parameters, and its metrics' last values. */
export function Recorded({ run }: { run: Wire<RunRow> }) {
  return (
    <Card>
      <dl className={classes.facts}>
        <dt>Run</dt>
        <dd>
          <Anchor component={Link} href={`/experiments/${run.id}`}>
            {runName(run)}
          </Anchor>
        </dd>
        {Object.entries(run.metrics).map(([name, { last }]) => (
          <Fact key={`metric ${name}`} name={name} value={formatNumber(last)} />
        ))}
        {Object.entries(run.params).map(([name, value]) => (
          <Fact key={`param ${name}`} name={name} value={formatParam(value)} />
        ))}
      </dl>
    </Card>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
