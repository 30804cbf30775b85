import { Alert, Anchor, Button, Group, Loader, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import type { Candidate, Promoted } from '../../../lib/protocol/kernel'
import { endpointName } from '../../../lib/protocol/serving'
import { CodeBlock } from '../code-block'
import type { Actions } from './actions'
import { useSession, useView } from './context'
import { suggestName } from './suggest-name'
import { RequestError } from './sync'

/** From a cell's value to an endpoint: which name, which endpoint, and then how to call it. */
export function PromoteDialog({ actions }: { actions: Actions }) {
  const cellId = useView((view) => view.promoting)
  return (
    <Modal
      opened={cellId !== undefined}
      onClose={() => actions.promote(undefined)}
      title="Promote to an endpoint"
      // The cell that is selected afterwards takes the focus itself.
      returnFocus={false}
      size="lg"
    >
      {cellId !== undefined && <Content key={cellId} cellId={cellId} actions={actions} />}
    </Modal>
  )
}

function Content({ cellId, actions }: { cellId: string; actions: Actions }) {
  const close = () => actions.promote(undefined)
  const { request, ask } = useSession()
  const title = useView((view) => view.title)
  const [candidates, setCandidates] = useState<Candidate[]>()
  const [variable, setVariable] = useState('')
  const [endpoint, setEndpoint] = useState(suggestName(title))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const [promoted, setPromoted] = useState<Promoted>()
  const byCell = candidates?.find((candidate) => candidate.variable === variable)?.what === 'function'
  const nameError = endpoint === '' ? undefined : endpointName.safeParse(endpoint).error?.issues[0]?.message

  useEffect(() => {
    let left = false
    ask('candidates', { cellId })
      .then((candidates) => {
        if (left) return
        // A cell that makes a model is promoted for it, not for the helpers around it.
        const models = candidates.filter(({ what }) => what !== 'function')
        const helpers = candidates.filter(({ what }) => what === 'function')
        const ordered = [...models, ...helpers]
        setCandidates(ordered)
        setVariable(ordered[0]?.variable ?? '')
      })
      .catch((cause: unknown) => !left && setError(explain(cause)))
    return () => {
      left = true
    }
  }, [ask, cellId])

  async function promote() {
    setBusy(true)
    setError(undefined)
    try {
      setPromoted((await request('kernel.promote', { cellId, variable, endpoint }, 180_000)).promoted)
    } catch (cause) {
      setError(explain(cause))
    }
    setBusy(false)
  }

  if (promoted) return <Done promoted={promoted} close={close} />
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!variable || !endpoint || nameError || busy) return
        if (byCell) actions.insertPromotion(cellId, endpoint, variable)
        else void promote()
      }}
    >
      <Stack gap="md">
        {!candidates && !error && (
          <Group gap="xs">
            <Loader size="xs" />
            <Text size="sm">Looking at what the cell made</Text>
          </Group>
        )}
        {candidates?.length === 0 && (
          <Text size="sm">
            This cell holds no model and no function that could answer predictions. Run the cell that makes
            one first, or select it and press Promote there.
          </Text>
        )}
        {candidates && candidates.length > 0 && (
          <>
            <Radio.Group label="What answers" value={variable} onChange={setVariable}>
              <Stack gap={6} mt={6}>
                {candidates.map(({ variable, what, detail }) => (
                  <Radio
                    key={variable}
                    value={variable}
                    label={<code>{variable}</code>}
                    description={detail ? `${what}, ${detail}` : what}
                  />
                ))}
              </Stack>
            </Radio.Group>
            <TextInput
              label="Endpoint"
              description={`Applications call POST /api/v1/${endpoint || '<name>'}/predict`}
              value={endpoint}
              error={nameError}
              onChange={(event) => setEndpoint(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
            />
          </>
        )}
        {byCell && (
          <Text size="sm">
            A function is promoted by a cell, which gives it records: they are its schema and its self-test.
            The cell is added below; put your records in place of <code>records</code> and run it.
          </Text>
        )}
        {error && (
          <Alert
            color="red"
            variant="light"
            title="It was not promoted"
            styles={{ message: { whiteSpace: 'pre-wrap' } }}
          >
            {error}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!variable || !endpoint || nameError !== undefined}>
            {byCell ? 'Add the cell' : 'Promote'}
          </Button>
        </Group>
        {busy && (
          <Text size="xs" c="dimmed" ta="right">
            The model is captured, stored, and checked in a fresh process.
          </Text>
        )}
      </Stack>
    </form>
  )
}

function Done({ promoted, close }: { promoted: Promoted; close: () => void }) {
  const { endpoint, version, url, page } = promoted
  return (
    <Stack gap="md">
      <Text size="sm">
        <b>{endpoint}</b> {version} passed its self-test and is in production.
      </Text>
      <CodeBlock code={`POST ${url}`} label="Address" />
      <Group justify="space-between">
        <Anchor component={Link} href={page}>
          Open the endpoint: schema, form and curl
        </Anchor>
        <Button variant="default" onClick={close}>
          Back to the notebook
        </Button>
      </Group>
    </Stack>
  )
}

const explain = (cause: unknown) =>
  cause instanceof RequestError && cause.code === 'no_kernel'
    ? 'The kernel is not running, so the cell holds no value. Run the cell first.'
    : cause instanceof Error
      ? cause.message
      : String(cause)
