import { Anchor } from '@mantine/core'
import { Card, Section } from '../../_ui/page'
import { Facts } from './facts'

/** What the installation's owner alone sees of it. */
export function Administration() {
  return (
    <Section
      title="Administration"
      description="You set this installation up, so you see what all people run."
    >
      <Card>
        <Facts
          facts={[
            { name: 'Queues', value: <Anchor href="/admin/queues">Jobs in every queue</Anchor> },
            {
              name: 'Metrics',
              value: (
                <>
                  <code>/metrics</code>, for a Prometheus with the token in the file{' '}
                  <code>metrics-token</code> of Cellar’s home folder
                </>
              ),
            },
          ]}
        />
      </Card>
    </Section>
  )
}
