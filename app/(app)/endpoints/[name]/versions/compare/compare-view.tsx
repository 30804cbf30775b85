'use client'

import { Select } from '@mantine/core'
import { useRouter } from 'next/navigation'
import type { FieldSchema } from '../../../../../../lib/protocol/schema'
import type { VersionPage } from '../../../../../../lib/registry/version-page'
import { TextDiff } from '../../../../../_ui/notebook/history/text-diff'
import { Card, Section } from '../../../../../_ui/page'
import type { Wire } from '../../../../../_ui/wire'
import { EndpointFrame } from '../../endpoint-frame'
import { stateOf } from '../../status-badge'
import { statusNames } from '../../statuses'
import classes from './compare.module.css'
import { Facts, factsOf } from './facts'
import { fieldDifferences } from './field-differences'
import { Predictions } from './predictions'

type Page = Wire<VersionPage>

/** Two versions side by side: what differs in signature, figures, environment and source, and in an answer. */
export function CompareView({ a, b }: { a: Page; b: Page }) {
  const { endpoint } = a
  const [before, after] = [sourceOf(a), sourceOf(b)]
  return (
    <EndpointFrame endpoint={endpoint} description={`Version ${a.version} beside ${b.version}.`}>
      <Sides a={a} b={b} />
      <Section title="Figures">
        <Facts a={a.version} b={b.version} facts={factsOf(a, b)} />
      </Section>
      <Section title="Signature">
        <Signature a={a} b={b} />
      </Section>
      <Section title="Environment">
        <Facts
          a={a.version}
          b={b.version}
          facts={environmentOf(a, b)}
          same="Both were made with the same versions of everything."
        />
      </Section>
      <Section title="Source" description="The cells that made each, in the order in which they run.">
        {before === after ? (
          <p className={classes.same}>Both come from the same text.</p>
        ) : (
          <Card flush>
            <TextDiff before={before} after={after} />
          </Card>
        )}
      </Section>
      {a.state === 'ready' && b.state === 'ready' && (
        <Section
          title="Predictions"
          description="One record to both; the requests are logged like any other."
        >
          <Predictions a={a} b={b} />
        </Section>
      )}
    </EndpointFrame>
  )
}

function Sides({ a, b }: { a: Page; b: Page }) {
  const router = useRouter()
  const show = (left: string, right: string) =>
    router.push(`/endpoints/${a.endpoint}/versions/compare?a=${left}&b=${right}`)
  const options = a.versions.map((each) => {
    const state = stateOf(each)
    return {
      value: each.version,
      label: `${each.version}, ${state in statusNames ? statusNames[state as keyof typeof statusNames] : state}`,
    }
  })
  return (
    <div className={classes.sides}>
      <Select
        label="Version"
        data={options}
        value={a.version}
        onChange={(version) => version && show(version, b.version)}
        allowDeselect={false}
      />
      <Select
        label="Compared with"
        data={options}
        value={b.version}
        onChange={(version) => version && show(a.version, version)}
        allowDeselect={false}
      />
    </div>
  )
}

function Signature({ a, b }: { a: Page; b: Page }) {
  const facts = (['input', 'output'] as const).flatMap((side) =>
    fieldDifferences(a.schema[side] as FieldSchema, b.schema[side] as FieldSchema).map((fact) => ({
      ...fact,
      name: `${side}: ${fact.name}`,
    })),
  )
  return <Facts a={a.version} b={b.version} facts={facts} same="Both take and give the same." />
}

const environmentOf = (a: Page, b: Page) =>
  [...new Set([...Object.keys(a.environment), ...Object.keys(b.environment)])]
    .map((name) => ({ name, a: a.environment[name] ?? '–', b: b.environment[name] ?? '–' }))
    .filter((fact) => fact.a !== fact.b)

/** What made a version, as one text. */
const sourceOf = ({ slice, cellSource }: Page) =>
  slice.length > 0 ? slice.map(({ source }) => source.trim()).join('\n\n') : (cellSource ?? '')
