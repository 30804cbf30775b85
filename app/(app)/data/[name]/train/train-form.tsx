'use client'

import { Button, Checkbox, Group, MultiSelect, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { DatasetColumn } from '../../../../../lib/protocol/dataset'
import type {
  AlgorithmName,
  Parameters,
  TrainingDetails,
  TrainingEngine,
} from '../../../../../lib/protocol/training'
import { algorithms } from '../../../../../lib/training/algorithms'
import { defaultFeatures } from '../../../../../lib/training/wishes'
import { ApiError, api } from '../../../../_ui/api'
import { Card, Section } from '../../../../_ui/page'
import { ParameterField } from './parameter-field'

type Props = {
  dataset: string
  version: number
  rows: number
  columns: DatasetColumn[]
  /** The training whose wish it begins with. */
  model: TrainingDetails | undefined
}

const engines: { value: TrainingEngine; label: string }[] = [
  { value: 'local', label: 'This machine' },
  { value: 'spark', label: 'Spark' },
]

const defaultsOf = (algorithm: AlgorithmName): Parameters =>
  Object.fromEntries(algorithms[algorithm].parameters.map((each) => [each.name, each.default]))

/** What a training needs to know, with defaults for all of it. */
export function TrainForm({ dataset, version, rows, columns, model }: Props) {
  const router = useRouter()
  const names = columns.map(({ name }) => name)
  const [algorithm, setAlgorithm] = useState<AlgorithmName>(model?.algorithm ?? 'kmeans')
  const [wantedEngine, setEngine] = useState<TrainingEngine>(model?.engine ?? 'local')
  const [target, setTarget] = useState<string | null>(model?.target ?? null)
  const [chosen, setChosen] = useState<string[] | undefined>(
    model?.features.filter((name) => names.includes(name)),
  )
  const [parameters, setParameters] = useState<Parameters>({
    ...defaultsOf(algorithm),
    ...model?.parameters,
  })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<{ field?: string; message: string }>()
  const { what, target: wanted, parameters: asked } = algorithms[algorithm]
  // Spark trains no networks.
  const engine = algorithm === 'dense_network' ? 'local' : wantedEngine
  const targets = columns.filter(({ type }) => fits(wanted, type)).map(({ name }) => name)
  const features = (chosen ?? defaultFeatures(algorithm, columns, target)).filter((name) => name !== target)

  const choose = (next: AlgorithmName) => {
    setAlgorithm(next)
    setParameters(defaultsOf(next))
    setChosen(undefined)
    setProblem(undefined)
    const possible = columns.filter(({ type }) => fits(algorithms[next].target, type))
    // What is to be told stands last in most tables.
    setTarget((now) => (possible.some(({ name }) => name === now) ? now : (possible.at(-1)?.name ?? null)))
  }
  const start = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const { training } = await api<{ training: { id: string } }>('POST', '/api/v1/trainings', {
        ...{ dataset, version, engine, algorithm, features, parameters },
        target: wanted === 'none' ? null : target,
      })
      router.push(`/trainings/${training.id}`)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setProblem({ message: error.message })
      setBusy(false)
    }
  }
  return (
    <Section title="Train a model" description={what}>
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void start()
          }}
        >
          <Stack gap="lg">
            <SimpleGrid cols={{ base: 1, sm: wanted === 'none' ? 2 : 3 }} spacing="lg">
              <Select
                label="Algorithm"
                data={Object.values(algorithms).map(({ name, label }) => ({ value: name, label }))}
                value={algorithm}
                allowDeselect={false}
                onChange={(value) => value && choose(value as AlgorithmName)}
              />
              {wanted !== 'none' && (
                <Select
                  label="Target"
                  placeholder="The column that it is to tell"
                  data={targets}
                  value={target}
                  searchable={targets.length > 12}
                  nothingFoundMessage="No column of this data set can be told with this algorithm"
                  onChange={setTarget}
                />
              )}
              <Select
                label="Engine"
                data={engines}
                value={engine}
                allowDeselect={false}
                disabled={algorithm === 'dense_network'}
                onChange={(value) => value && setEngine(value as TrainingEngine)}
              />
            </SimpleGrid>
            <MultiSelect
              label="Columns to learn from"
              data={names.filter((name) => name !== target)}
              value={features}
              searchable
              clearable
              maxDropdownHeight={260}
              onChange={setChosen}
            />
            <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="lg" style={{ alignItems: 'end' }}>
              {asked.map((parameter) =>
                parameter.kind === 'boolean' ? (
                  <Checkbox
                    key={parameter.name}
                    mb={{ base: 0, sm: 6 }}
                    label={parameter.label}
                    description={parameter.hint}
                    checked={parameters[parameter.name] === true}
                    onChange={(event) =>
                      setParameters({ ...parameters, [parameter.name]: event.currentTarget.checked })
                    }
                  />
                ) : (
                  <ParameterField
                    key={parameter.name}
                    parameter={parameter}
                    value={parameters[parameter.name] ?? parameter.default}
                    onChange={(value) => setParameters({ ...parameters, [parameter.name]: value })}
                  />
                ),
              )}
            </SimpleGrid>
            {problem && (
              <Text size="sm" c="var(--cellar-failed-text)" role="alert">
                {problem.message}
              </Text>
            )}
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                {features.length} {features.length === 1 ? 'column' : 'columns'} of version {version},{' '}
                {rows.toLocaleString('en')} rows
              </Text>
              <Button
                type="submit"
                loading={busy}
                disabled={features.length === 0 || (wanted !== 'none' && target === null)}
                leftSection={<IconPlayerPlay size={16} stroke={1.6} />}
              >
                Train
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
    </Section>
  )
}

/** Whether a column of a type can be told. */
function fits(wanted: (typeof algorithms)[AlgorithmName]['target'], type: DatasetColumn['type']): boolean {
  const isNumber = type === 'number' || type === 'integer'
  if (wanted === 'number') return isNumber
  return wanted !== 'none' && (isNumber || type === 'text' || type === 'boolean')
}
