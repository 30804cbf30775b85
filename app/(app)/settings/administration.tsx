import { Anchor } from '@mantine/core'
import { Fact, Facts } from '../../_ui/facts'
import { Card, Section } from '../../_ui/page'

/** What the installation's owner alone sees of it. */
export function Administration() {
  return (
    <Section
      title="Administration"
      description="You set this installation up, so you see what all people run."
    >
      <Card>
        <Facts>
          <Fact name="Queues">
            <Anchor href="/admin/queues">Jobs in every queue</Anchor>
          </Fact>
          <Fact name="Metrics">
            <code>/metrics</code>, for a Prometheus with the token in the file <code>metrics-token</code> of
            Cellar’s home folder
          </Fact>
        </Facts>
      </Card>
    </Section>
  )
}
