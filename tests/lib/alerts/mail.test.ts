import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { mailAlert } from '../../../lib/alerts/mail'
import { createMailer } from '../../../lib/mail/mailer'
import type { AlertMessage } from '../../../lib/protocol/alerts'

const message: AlertMessage = {
  endpoint: 'income',
  metric: 'error_rate',
  phase: 'ended',
  value: 0.012,
  threshold: 0.05,
  summary: 'income: over; 1.2 % of 340 requests failed in 5 minutes (limit 5.0 %)',
  page: 'https://cellar.example/endpoints/income/monitoring',
  at: '2026-11-21T10:00:00.000Z',
}

let server: SMTPServer | undefined
afterEach(() => new Promise<void>((done) => (server ? server.close(() => done()) : done())))

/** A real SMTP server that wants a password and keeps what it is given. */
async function smtp(accepts: (to: string) => Error | undefined = () => undefined) {
  const mails: { from: string; to: string[]; text: string }[] = []
  server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, answer) =>
      username === 'ada' && password === 'analytical'
        ? answer(null, { user: username })
        : answer(new Error('no such person')),
    onRcptTo: ({ address }, _session, answer) => answer(accepts(address)),
    onData(stream, { envelope }, answer) {
      let text = ''
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      stream.on('end', () => {
        mails.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          text,
        })
        answer()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const env = (password: string) => ({
    CELLAR_SMTP_URL: `smtp://ada:${password}@127.0.0.1:${port}`,
    CELLAR_MAIL_FROM: 'Cellar <cellar@example.org>',
  })
  return { mails, env }
}

test('an alert is a mail that a mail server takes', async () => {
  const { mails, env } = await smtp()
  await mailAlert(createMailer(env('analytical')))('ops@example.org', message, 'f00d')
  const [{ text, ...envelope }] = mails as [(typeof mails)[0]]
  expect(envelope).toEqual({ from: 'cellar@example.org', to: ['ops@example.org'] })
  const [head, body] = text.split('\r\n\r\n', 2) as [string, string]
  expect(head.split('\r\n')).toEqual(
    expect.arrayContaining([
      'From: Cellar <cellar@example.org>',
      'To: ops@example.org',
      'Subject: [Cellar] income: error rate, over',
      'Message-ID: <f00d@example.org>',
    ]),
  )
  expect(text).toContain(message.page)
  expect(body).toContain('1.2 % of 340 requests failed')
})

test('a wrong password, and a refused address, are told in the server’s words without the password', async () => {
  const { env } = await smtp((to) => (to === 'gone@example.org' ? new Error('no such mailbox') : undefined))
  const wrong = mailAlert(createMailer(env('guessed')))
  await expect(wrong('ops@example.org', message, '1')).rejects.toThrow(
    /^the mail server did not take it: 535 no such person$/,
  )
  const right = mailAlert(createMailer(env('analytical')))
  await expect(right('gone@example.org', message, '2')).rejects.toThrow(
    /^the mail server did not take it: 550 no such mailbox$/,
  )
})

test('without a mail server a message says what to set', async () => {
  expect(createMailer({})).toBeUndefined()
  await expect(mailAlert(undefined)('ops@example.org', message, '1')).rejects.toThrow(
    'no mail server is set: start Cellar with CELLAR_SMTP_URL and CELLAR_MAIL_FROM',
  )
  expect(() => createMailer({ CELLAR_SMTP_URL: 'smtp://127.0.0.1' })).toThrow('CELLAR_MAIL_FROM is missing')
})
