'use client'

import { Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { formatCategory } from '../../../../../lib/datasets/explore/describe'
import type { GalleryAnswer } from '../../../../../lib/datasets/explore/question'
import { Section } from '../../../../_ui/page'
import { formatCount } from '../../../../_ui/units'
import { ColumnSelect } from './column-select'
import { useExploring } from './context'
import classes from './explore.module.css'
import { ExploreFigure, type Shape } from './explore-figure'
import { FigureTable } from './figure-table'
import { groupsOf, imagesOf, placeable } from './roles'
import type { Choice } from './use-address'

type Props = {
  choices: Record<string, string>
  choose: (choices: Partial<Record<Choice, string>>) => void
}

/** Some images of each label. */
export function GallerySection({ choices, choose }: Props) {
  const { columns, press } = useExploring()
  const images = imagesOf(columns)
  const labels = placeable(columns)
  const column = images.find((name) => name === choices.images) ?? images[0]
  if (column === undefined) return null
  const label =
    choices.label === ''
      ? null
      : (labels.find((name) => name === choices.label) ??
        labels.find((name) => /^(label|class|target|digit)$/i.test(name)) ??
        groupsOf(columns)[0] ??
        labels[0] ??
        null)

  const shape = ({ labels, shape }: GalleryAnswer): Shape => {
    const pick = (value: string | null) =>
      label !== null && press({ kind: 'values', column: label, values: [value] })
    return {
      height: 0,
      label: `Images of ${column}${label === null ? '' : ` for ${labels.length} values of ${label}`}`,
      table: () => (
        <FigureTable
          label={column}
          head={[label ?? 'Images', 'Rows', 'Shown']}
          rows={labels.map(({ label: name, count, images }) => ({
            key: String(name),
            cells: [
              label === null ? 'all' : formatCategory(name),
              formatCount(count),
              formatCount(images.length),
            ],
            ...(label !== null && { onPress: () => pick(name) }),
          }))}
        />
      ),
      children:
        labels.length === 0 ? (
          <Text size="sm">No row is left.</Text>
        ) : (
          <ul className={classes.gallery}>
            {labels.map(({ label: name, count, images }) => (
              <li key={String(name)}>
                {label !== null && (
                  <button type="button" onClick={() => pick(name)} title={`Only ${formatCategory(name)}`}>
                    {formatCategory(name)}
                    <span>{formatCount(count)}</span>
                  </button>
                )}
                <Strip
                  images={images}
                  shape={shape}
                  label={`${images.length} images${label === null ? '' : ` of ${label} ${formatCategory(name)}`}`}
                />
              </li>
            ))}
          </ul>
        ),
    }
  }

  return (
    <Section title="Images" description="Some of each label, always the same ones.">
      <div className={classes.controls}>
        {images.length > 1 && (
          <span className={classes.control}>
            images
            <ColumnSelect
              label="Images"
              value={column}
              columns={images}
              onChange={(images) => choose({ images })}
            />
          </span>
        )}
        <span className={classes.control}>
          label
          <ColumnSelect
            label="Label"
            value={label}
            columns={labels}
            none="none"
            onChange={(label) => choose({ label })}
          />
        </span>
      </div>
      <ExploreFigure
        figure={{ kind: 'gallery', images: column, label }}
        title={column}
        height={280}
        shape={shape}
      />
    </Section>
  )
}

/** Images side by side in one canvas, their values as grey or as red, green and blue. */
function Strip({ images, shape, label }: { images: string[]; shape: number[]; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [height = 1, width = 1, colours = 1] = shape
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    context.clearRect(0, 0, images.length * width, height)
    for (const [at, text] of images.entries()) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
      const image = context.createImageData(width, height)
      for (let i = 0; i < width * height; i++) {
        const [red, green, blue] = [0, 1, 2].map((c) => bytes[i * colours + (colours === 3 ? c : 0)] ?? 0)
        image.data.set([red!, green!, blue!, 255], 4 * i)
      }
      context.putImageData(image, at * (width + 1), 0)
    }
  }, [images, height, width, colours])
  return (
    <canvas
      ref={canvas}
      width={images.length * (width + 1) - 1}
      height={height}
      className={classes.strip}
      role="img"
      aria-label={label}
    />
  )
}
