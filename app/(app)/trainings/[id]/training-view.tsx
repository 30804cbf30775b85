'use client'

import { Anchor, Button, Skeleton } from '@mantine/core'
import { IconRepeat, IconRocket } from '@tabler/icons-react'
import Link from 'next/link'
import { useState } from 'react'
import { hasEnded, type TrainingDetails } from '../../../../lib/protocol/training'
import { algorithms } from '../../../../lib/training/algorithms'
import { Fact, Facts } from '../../../_ui/facts'
import { Card, Page, PageHeader, Section } from '../../../_ui/page'
import { RelativeTime } from '../../../_ui/relative-time'
import { StatusDot } from '../../../_ui/status-dot'
import { formatCount } from '../../../_ui/units'
import classes from '../trainings.module.css'
import { titleOf, tones, tookOf } from '../words'
import { CurveFigure } from './curve-figure'
import { Going } from './going'
import { MakeVersion } from './make-version'
import { Result } from './result'
import { useTraining } from './use-training'

/** All about one training, followed as it goes on. */
export function TrainingView({ id, mayChange }: { id: string; mayChange: boolean }) {
  const { training, problem, refresh, cancel } = useTraining(id)
  const [publishing, setPublishing] = useState(false)
  if (!training)
    return (
      <Page>
        {problem ? (
          <p className={classes.error}>The training could not be read: {problem}</p>
        ) : (
          <Skeleton height={220} radius="md" aria-label="The training is being read" />
        )}
      </Page>
    )
  const { status, dataset, result, error, versions, log } = training
  return (
    <Page>
      <PageHeader
        above={
          <Anchor component={Link} href="/trainings" size="sm">
            Trainings
          </Anchor>
        }
        title={titleOf(training)}
        description={<Standing training={training} />}
        actions={
          mayChange && (
            <>
              {hasEnded(status) && dataset.version_id !== null && (
                <Button
                  component={Link}
                  href={`/data/${dataset.name}/train?version=${dataset.version}&like=${id}`}
                  variant="default"
                  leftSection={<IconRepeat size={16} stroke={1.6} />}
                >
                  Train again
                </Button>
              )}
              {status === 'done' && (
                <Button
                  leftSection={<IconRocket size={16} stroke={1.6} />}
                  onClick={() => setPublishing(true)}
                >
                  Make a version
                </Button>
              )}
            </>
          )
        }
      />
      {problem && <p className={classes.error}>What you see may be old: {problem}</p>}
      {!hasEnded(status) && <Going training={training} onCancel={mayChange ? cancel : undefined} />}
      {status === 'failed' && (
        <Card>
          <p className={classes.error} role="alert" style={{ margin: 0 }}>
            {error}
          </p>
        </Card>
      )}
      {versions.length > 0 && (
        <Section title="Versions">
          <ul className={classes.notes}>
            {versions.map(({ endpoint, version }) => (
              <li key={`${endpoint} ${version}`}>
                <Anchor component={Link} href={`/endpoints/${endpoint}`} inherit>
                  {endpoint}
                </Anchor>
                , version {version}: predicts by its form and its API
              </li>
            ))}
          </ul>
        </Section>
      )}
      {result && <Result training={training} result={result} />}
      {Object.keys(training.curves).length > 0 && (
        <Section title="How it went">
          <div className={classes.figures}>
            {Object.entries(training.curves).map(([name, points]) => (
              <CurveFigure key={name} name={name} points={points} />
            ))}
          </div>
        </Section>
      )}
      <Section title="What was asked for">
        <Asked training={training} />
      </Section>
      {log && (
        <Section title="Log">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
          <section className={classes.log} tabIndex={0} aria-label="Log">
            {log}
          </section>
        </Section>
      )}
      {publishing && (
        <MakeVersion training={training} onClose={() => setPublishing(false)} onPublished={refresh} />
      )}
    </Page>
  )
}

function Standing({ training }: { training: TrainingDetails }) {
  const { status, dataset, started_by, created_at } = training
  const took = tookOf(training)
  return (
    <StatusDot tone={tones[status]} wrap>
      {status} · of{' '}
      {dataset.version_id === null ? (
        `${dataset.name}, which was deleted`
      ) : (
        <Anchor component={Link} href={`/data/${dataset.name}?version=${dataset.version}`} inherit>
          {dataset.name}
        </Anchor>
      )}
      , version {dataset.version} · started <RelativeTime at={created_at} />
      {started_by && ` by ${started_by}`}
      {hasEnded(status) && took && `, took ${took}`}
    </StatusDot>
  )
}

function Asked({
  training: { algorithm, engine, features, target, parameters, result, dataset },
}: {
  training: TrainingDetails
}) {
  const labels = new Map(algorithms[algorithm].parameters.map(({ name, label }) => [name, label]))
  return (
    <Card>
      <Facts>
        <Fact name="Algorithm">
          {algorithms[algorithm].label}, {engine === 'local' ? 'on this machine' : 'on Spark'}
        </Fact>
        {target !== null && <Fact name="Target">{target}</Fact>}
        <Fact name="Columns">
          {features.length > 30 ? `${formatCount(features.length)} columns` : features.join(', ')}
        </Fact>
        {result && (
          <Fact name="Rows">
            {formatCount(result.rows.total)}
            {result.rows.test > 0 &&
              `: ${formatCount(result.rows.train)} to learn from, ${formatCount(result.rows.test)} to test with`}
          </Fact>
        )}
        {Object.entries(parameters).map(([name, value]) => (
          <Fact key={name} name={labels.get(name) ?? name}>
            {value === true ? 'yes' : value === false ? 'no' : String(value)}
          </Fact>
        ))}
        <Fact name="Data set’s hash">
          <code>{dataset.hash}</code>
        </Fact>
      </Facts>
    </Card>
  )
}
