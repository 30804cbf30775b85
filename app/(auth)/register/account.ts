/** What a person registers with. */
export type Account = { name: string; email: string; password: string }

/** What is wrong with each field, before the server is asked; it checks the same again. */
export function accountProblems({ name, email, password }: Account): Partial<Account> {
  const length = [...password].length
  return {
    ...(name === '' && { name: 'Enter your name.' }),
    ...(!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) && {
      email: 'Enter an e-mail address, such as ada@example.org.',
    }),
    ...(length < 10 && { password: `Use at least 10 characters; this has ${length}.` }),
    ...(length > 128 && { password: `Use at most 128 characters; this has ${length}.` }),
  }
}
