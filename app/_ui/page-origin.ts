import { headers } from 'next/headers'
import { readConfig } from '../../lib/config'
import { shownOrigin } from '../../lib/origin'

/** The installation's address as a page shows it to people who copy it. On the server. */
export async function pageOrigin(): Promise<string> {
  return shownOrigin(readConfig().origin, (await headers()).get('host'))
}
