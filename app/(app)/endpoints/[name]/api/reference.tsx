'use client'

import { Button, Skeleton, useComputedColorScheme } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../../../_ui/api'
import { EmptyState } from '../../../../_ui/empty-state'
import { Card } from '../../../../_ui/page'
import classes from './api.module.css'
import { type OpenApi, toRead } from './to-read'
import 'swagger-ui-dist/swagger-ui.css'

type State = 'loading' | 'shown' | { failure: string }

/** Swagger UI over the endpoint's OpenAPI document. It is as large as many pages, so it comes with this page alone. */
export function Reference({ url }: { url: string }) {
  const place = useRef<HTMLDivElement>(null)
  const [state, setState] = useState<State>('loading')
  const [attempt, setAttempt] = useState(0)
  const dark = useComputedColorScheme('light') === 'dark'

  // Its style sheet goes by this class.
  useEffect(() => {
    const { classList } = document.documentElement
    classList.toggle('dark-mode', dark)
    return () => classList.remove('dark-mode')
  }, [dark])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads it again
  useEffect(() => {
    let gone = false
    setState('loading')
    Promise.all([api<OpenApi>('GET', url), import('swagger-ui-dist/swagger-ui-es-bundle.js')]).then(
      ([document, { default: SwaggerUI }]) => {
        if (gone || !place.current) return
        SwaggerUI({
          domNode: place.current,
          spec: toRead(document, window.location.origin),
          layout: 'BaseLayout',
          docExpansion: 'list',
          defaultModelsExpandDepth: 1,
          tryItOutEnabled: true,
          displayRequestDuration: true,
          // Nothing of a document goes to anybody else.
          validatorUrl: null,
          onComplete: () => setState('shown'),
        })
      },
      (error: Error) => {
        if (!gone) setState({ failure: error.message })
      },
    )
    return () => {
      gone = true
    }
  }, [url, attempt])

  if (typeof state === 'object')
    return (
      <Card>
        <EmptyState
          icon={<IconPlugConnectedX size={22} stroke={1.6} />}
          title="The reference could not be loaded"
          action={<Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>}
          compact
        >
          {state.failure}
        </EmptyState>
      </Card>
    )
  return (
    <Card>
      {state === 'loading' && <Skeleton height={320} />}
      <div ref={place} className={classes.reference} hidden={state === 'loading'} />
    </Card>
  )
}
