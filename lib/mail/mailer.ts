import { readFileSync } from 'node:fs'
import { createTransport } from 'nodemailer'

export type Mail = { to: string; subject: string; text: string /** The same at every attempt. */; id: string }
export type Mailer = (mail: Mail) => Promise<void>

/**
 * Sends mail through the SMTP server of the environment: `CELLAR_SMTP_URL` (or the file that `CELLAR_SMTP_URL_FILE` names)
 * such as `smtps://user:password@mail.example.org`, and `CELLAR_MAIL_FROM`. Undefined where none is set.
 */
export function createMailer(env: Record<string, string | undefined> = process.env): Mailer | undefined {
  const url = env.CELLAR_SMTP_URL_FILE
    ? readFileSync(env.CELLAR_SMTP_URL_FILE, 'utf8').trim()
    : env.CELLAR_SMTP_URL
  if (!url) return
  const from = env.CELLAR_MAIL_FROM
  if (!from) throw new Error('CELLAR_MAIL_FROM is missing: the address that mail comes from')
  const transport = createTransport(url, {
    from,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  } as object)
  return async ({ to, subject, text, id }) => {
    const domain = from.split('@').at(-1)!.replace(/>.*$/, '')
    await transport.sendMail({ from, to, subject, text, messageId: `<${id}@${domain}>` }).catch((error) => {
      // The server's own words; never the address with its password.
      const { responseCode, response, code } = error as {
        responseCode?: number
        response?: string
        code?: string
      }
      throw new Error(
        `the mail server did not take it: ${responseCode ? response : (code ?? 'the connection failed')}`,
      )
    })
  }
}
