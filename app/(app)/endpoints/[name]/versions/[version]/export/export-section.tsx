'use client'

import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { PythonFormat } from '../../../../../../../lib/protocol/study'
import { download } from '../../../../../../_ui/download'
import { Card } from '../../../../../../_ui/page'
import classes from '../version.module.css'
import { PythonLine } from './python-line'
import { useExports } from './use-exports'

type Props = { endpoint: string; version: string }
type Format = { format: string; title: string; text: string }

const formats: Format[] = [
  {
    format: 'bundle',
    title: 'Bundle',
    text: 'The whole version: cellar serve FILE.tgz answers with it anywhere, without database or Redis.',
  },
  {
    format: 'dockerfile',
    title: 'Dockerfile',
    text: 'A container that serves the bundle beside it.',
  },
  {
    format: 'tfjs',
    title: 'TensorFlow.js',
    text: 'The model alone: model.json and its weights, for tf.loadLayersModel or tf.loadGraphModel.',
  },
  {
    format: 'keras',
    title: 'Keras 3',
    text: 'The model alone: a .keras file, for keras.models.load_model in Python.',
  },
]

/** The version as files for elsewhere; why it cannot be one stands beside its button. */
export function ExportSection({ endpoint, version }: Props) {
  const address = `/api/endpoints/${endpoint}/versions/${version}/exports`
  const { known, refresh } = useExports(address)
  return (
    <Card flush>
      <ul className={classes.formats}>
        {formats.map((each) => (
          <FormatLine key={each.format} endpoint={endpoint} version={version} of={each} />
        ))}
        {pythonLines.map((each) => (
          <PythonLine
            key={each.format}
            {...each}
            code={conversion(`${endpoint}-${version}`, each.format)}
            address={address}
            known={known}
            onChange={refresh}
          />
        ))}
      </ul>
    </Card>
  )
}

const pythonLines: { format: PythonFormat; title: string; text: string }[] = [
  {
    format: 'saved-model',
    title: 'SavedModel',
    text: 'The model alone, for TensorFlow and TensorFlow Serving. Python writes it, which takes a minute or two.',
  },
  {
    format: 'onnx',
    title: 'ONNX',
    text: 'The model alone, for ONNX Runtime and all that reads its format. Python writes it.',
  },
]

const conversion = (name: string, format: PythonFormat) => `import keras
model = keras.models.load_model("${name}.keras")
${format === 'onnx' ? `model.export("${name}.onnx", format="onnx")` : `model.export("${name}")`}`

function FormatLine({ endpoint, version, of: { format, title, text } }: Props & { of: Format }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  // A model is written when it is asked for, and may not be writable so: a plain link would show that as a page of JSON.
  const save = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await download(`/api/endpoints/${endpoint}/versions/${version}/export?format=${format}`)
    } catch (error) {
      setProblem((error as Error).message)
    }
    setBusy(false)
  }
  return (
    <li>
      <div>
        <b>{title}</b>
        <p className={classes.meta}>{text}</p>
        {problem && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
      <Button
        variant="default"
        size="compact-sm"
        loading={busy}
        leftSection={<IconDownload size={15} stroke={1.6} />}
        onClick={() => void save()}
        aria-label={`Download as ${title}`}
      >
        Download
      </Button>
    </li>
  )
}
