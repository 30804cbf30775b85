import { MantineProvider } from '@mantine/core'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { SessionProvider } from '../../../../../app/_ui/notebook/context'
import { InputCard } from '../../../../../app/_ui/notebook/inputs/input-card'
import type { NotebookSession } from '../../../../../app/_ui/notebook/session'
import { createStore } from '../../../../../app/_ui/notebook/store'
import { initialView, type Role } from '../../../../../app/_ui/notebook/view'
import { emptyState } from '../../../../../lib/notebook/state'
import type { KernelState } from '../../../../../lib/protocol/events'
import type { InputOutput } from '../../../../../lib/protocol/inputs'

const input: InputOutput = {
  name: 'k',
  label: 'clusters',
  definition: '',
  control: { kind: 'slider', min: 0, max: 9, step: 1 },
  value: 3,
}

function html(role: Role, state: KernelState) {
  const view = { ...initialView('title'), role, kernel: { ...emptyState(), kernel: { state } } }
  const session = { store: createStore(view) } as NotebookSession
  const card = createElement(InputCard, { input, cellId: 'a' })
  return renderToStaticMarkup(
    createElement(MantineProvider, null, SessionProvider({ session, children: card })),
  )
}
const seen = (markup: string) => [
  / value="(\d+)"/.exec(markup)?.[1],
  / disabled=""/.test(markup),
  / title="([^"]*)"/.exec(markup)?.[1],
]

test.each<[string, Role, KernelState, ReturnType<typeof seen>]>([
  ['an editor moves it', 'editor', 'idle', ['3', false, undefined]],
  ['also while a cell runs', 'owner', 'busy', ['3', false, undefined]],
  ['a viewer sees it', 'viewer', 'idle', ['3', true, 'Only editors of this notebook move its inputs.']],
  [
    'without its kernel it rests',
    'editor',
    'dead',
    ['3', true, 'The kernel has ended. Run the cell to use its input.'],
  ],
])('an input in its state: %s', (_, role, state, expected) => {
  expect(seen(html(role, state))).toEqual(expected)
})
