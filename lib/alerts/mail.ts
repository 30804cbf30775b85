import type { Mailer } from '../mail/mailer'
import type { AlertMessage } from '../protocol/alerts'
import type { Send } from './deliver'

const titles: Record<AlertMessage['metric'], string> = {
  error_rate: 'error rate',
  latency_p95: 'latency p95',
  latency_p99: 'latency p99',
  drift: 'drift',
}

/** An alert as a mail: what, since when, and where to look. */
export const mailAlert =
  (mailer: Mailer | undefined): Send =>
  async (to, { endpoint, metric, phase, summary, page, at }, id) => {
    if (!mailer)
      throw new Error('no mail server is set: start Cellar with CELLAR_SMTP_URL and CELLAR_MAIL_FROM')
    await mailer({
      id,
      to,
      subject: `[Cellar] ${endpoint}: ${titles[metric]}${phase === 'ended' ? ', over' : ''}`,
      text: `${summary}\n\nAt ${at}\n${page}\n\nThis alert is a rule in the endpoint's settings.\n`,
    })
  }
