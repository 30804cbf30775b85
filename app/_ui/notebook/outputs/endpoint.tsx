import { Anchor } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import Link from 'next/link'
import type { EndpointOutput } from '../../../../lib/protocol/mime'
import { CodeBlock } from '../../code-block'
import classes from './outputs.module.css'

/** What `promote()` made: where it answers, and where its page is. */
export function EndpointCard({ endpoint: { endpoint, version, url, page } }: { endpoint: EndpointOutput }) {
  const address = absolute(url)
  const curl = `curl ${address} \\\n  -H "authorization: Bearer $CELLAR_KEY" \\\n  -H "content-type: application/json" \\\n  -d @record.json`
  return (
    <section className={classes.endpoint} aria-label={`Endpoint ${endpoint}`} data-testid="endpoint">
      <div className={classes.endpointName}>
        <IconRocket size={16} aria-hidden="true" />
        <b>{endpoint}</b>
        <span>
          version{' '}
          <Anchor component={Link} href={`${page}/versions/${version}`} inherit>
            {version}
          </Anchor>{' '}
          passed its self-test and answers now
        </span>
      </div>
      <CodeBlock code={curl} label="How to call it" />
      <Anchor component={Link} href={page} size="sm">
        Open the endpoint: schema, form and a curl line with a record
      </Anchor>
    </section>
  )
}

function absolute(url: string) {
  try {
    return new URL(url, window.location.href).href
  } catch {
    return url
  }
}
