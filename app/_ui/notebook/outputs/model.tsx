import { Button } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import type { ModelOutput } from '../../../../lib/protocol/mime'
import { formatCount } from '../../units'
import table from './table.module.css'

/** The layers of a model, and the way to an endpoint. */
export function ModelTable({ model, promote }: { model: ModelOutput; promote: () => void }) {
  const { name, parameters, trainable, layers } = model
  return (
    <div className={table.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className={table.scroll} tabIndex={0} aria-label={`Layers of ${name}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col">Type</th>
              <th scope="col">Output shape</th>
              <th scope="col" data-number>
                Parameters
              </th>
            </tr>
          </thead>
          <tbody>
            {layers.map(({ name, type, outputShape, parameters }) => (
              <tr key={name}>
                <td>{name}</td>
                <td>{type}</td>
                <td>{shape(outputShape)}</td>
                <td data-number>{formatCount(parameters)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <footer className={table.footer}>
        <span>
          <b>{name}</b>: {formatCount(parameters)} parameters
          {trainable !== parameters && `, ${formatCount(trainable)} of them trainable`}
        </span>
        <Button size="compact-xs" variant="default" leftSection={<IconRocket size={12} />} onClick={promote}>
          Promote this model
        </Button>
      </footer>
    </div>
  )
}

const shape = (dimensions: (number | null)[]) => dimensions.map((size) => size ?? 'any').join(' × ')
