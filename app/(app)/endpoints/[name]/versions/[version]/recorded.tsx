import { Anchor } from '@mantine/core'
import Link from 'next/link'
import type { RunRow } from '../../../../../../lib/protocol/runs'
import { Fact, Facts } from '../../../../../_ui/facts'
import { Card } from '../../../../../_ui/page'
import type { Wire } from '../../../../../_ui/wire'
import { formatNumber, formatParam, runName } from '../../../../experiments/format'

/** The run that a version was promoted from: its parameters, and its metrics' last values. */
export function Recorded({ run }: { run: Wire<RunRow> }) {
  return (
    <Card>
      <Facts>
        <Fact name="Run">
          <Anchor component={Link} href={`/experiments/${run.id}`}>
            {runName(run)}
          </Anchor>
        </Fact>
        {Object.entries(run.metrics).map(([name, { last }]) => (
          <Fact key={`metric ${name}`} name={name}>
            {formatNumber(last)}
          </Fact>
        ))}
        {Object.entries(run.params).map(([name, value]) => (
          <Fact key={`param ${name}`} name={name}>
            {formatParam(value)}
          </Fact>
        ))}
      </Facts>
    </Card>
  )
}
