import { Anchor } from '@mantine/core'
import Link from 'next/link'

/** Versions of endpoints, each leading to its page. */
export const VersionLinks = ({ versions }: { versions: { endpoint: string; version: string }[] }) =>
  versions.map(({ endpoint, version }, i) => (
    <span key={`${endpoint} ${version}`}>
      {i > 0 && ', '}
      <Anchor component={Link} href={`/endpoints/${endpoint}/versions/${version}`}>
        {endpoint} {version}
      </Anchor>
    </span>
  ))
