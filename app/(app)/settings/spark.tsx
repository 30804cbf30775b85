import { cellarHome } from '../../../lib/config'
import { type SparkStanding, sparkStanding } from '../../../lib/spark/local/standing'
import { Fact, Facts } from '../../_ui/facts'
import { Card, Section } from '../../_ui/page'
import { StatusDot } from '../../_ui/status-dot'
import classes from './settings.module.css'

const states: Record<SparkStanding['state'], { tone: 'good' | 'busy' | 'bad' | 'quiet'; text: string }> = {
  ready: { tone: 'good', text: 'Ready' },
  starting: { tone: 'busy', text: 'Starting' },
  failed: { tone: 'bad', text: 'Not there' },
  absent: { tone: 'quiet', text: 'Not started' },
}

/** Whether cells and trainings have a Spark, which one, and why not. */
export async function Spark() {
  const standing = await sparkStanding(cellarHome())
  const { tone, text } = states[standing.state]
  const { kind, reason, address, version, applicationId, java, isInstalled } = standing
  return (
    <Section title="Spark" description="Where the spark of cells, and trainings with the engine Spark, run.">
      <Card>
        <Facts>
          <Fact name="State">
            <StatusDot tone={tone} wrap>
              {text}
              {reason && <span className={classes.note}>{reason}</span>}
            </StatusDot>
          </Fact>
          <Fact name="Server">
            {kind === 'outside' ? 'An outside one, of SPARK_REMOTE' : 'One of this machine'}
          </Fact>
          {address && (
            <Fact name="Address">
              <code>{address}</code>
            </Fact>
          )}
          {version && <Fact name="Version">{version}</Fact>}
          {applicationId && (
            <Fact name="Application">
              <code>{applicationId}</code>
            </Fact>
          )}
          {java && <Fact name="Java">{java}</Fact>}
          {isInstalled !== undefined && (
            <Fact name="Installation">
              {isInstalled ? 'Spark is installed' : 'Not yet: the first start fetches it, 456 MB'}
            </Fact>
          )}
        </Facts>
      </Card>
    </Section>
  )
}
