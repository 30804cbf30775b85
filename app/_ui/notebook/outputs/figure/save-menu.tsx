import { ActionIcon, Menu, useComputedColorScheme } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { sayFailure } from '../../../notices'
import { useView } from '../../context'
import { download, type FigureLook, figureFile } from './save'

/** Saves a figure, as it is shown or for paper. */
export function SaveMenu({ svg }: { svg: string }) {
  const scheme = useComputedColorScheme('light')
  const title = useView((view) => view.title)
  const save = async (type: 'svg' | 'png', look: FigureLook) => {
    try {
      download(await figureFile(svg, type, look), `${fileName(title)}.${type}`)
    } catch (error) {
      sayFailure('The figure was not saved', error)
    }
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size="sm" aria-label="Save figure" title="Save figure">
          <IconDownload size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>As shown</Menu.Label>
        <Menu.Item onClick={() => void save('png', scheme)}>PNG</Menu.Item>
        <Menu.Item onClick={() => void save('svg', scheme)}>SVG</Menu.Item>
        <Menu.Label>On white</Menu.Label>
        <Menu.Item onClick={() => void save('png', 'white')}>PNG on white</Menu.Item>
        <Menu.Item onClick={() => void save('svg', 'white')}>SVG on white</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Letters and digits of any script, the rest as hyphens. */
const fileName = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'figure'
