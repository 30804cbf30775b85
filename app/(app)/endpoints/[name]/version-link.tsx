import { Anchor } from '@mantine/core'
import Link from 'next/link'

/** A version by its name, which leads to its page. */
export const VersionLink = ({ endpoint, version }: { endpoint: string; version: string }) => (
  <Anchor component={Link} href={`/endpoints/${endpoint}/versions/${version}`} inherit>
    {version}
  </Anchor>
)
