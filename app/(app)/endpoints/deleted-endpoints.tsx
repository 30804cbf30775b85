import { Anchor } from '@mantine/core'
import Link from 'next/link'
import { RelativeTime } from '../../_ui/relative-time'
import classes from './deleted-endpoints.module.css'

export type Deleted = { name: string; deletedAt: string }

/** Endpoints that answer no more, whose history and log can still be read. */
export function DeletedEndpoints({ endpoints }: { endpoints: Deleted[] }) {
  return (
    <details className={classes.deleted}>
      <summary>
        {endpoints.length === 1 ? '1 deleted endpoint' : `${endpoints.length} deleted endpoints`}
      </summary>
      <ul>
        {endpoints.map(({ name, deletedAt }) => (
          <li key={name}>
            <Anchor component={Link} href={`/endpoints/${name}`} size="sm">
              {name}
            </Anchor>{' '}
            deleted <RelativeTime at={deletedAt} />
          </li>
        ))}
      </ul>
    </details>
  )
}
