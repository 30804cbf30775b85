/** Whether web answers at an address, and its database does: exit code 0 or 1, for a container's health check. */
export async function health([address]: string[]): Promise<number> {
  const origin = address ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`
  const answer = await fetch(`${origin}/internal/health`, { signal: AbortSignal.timeout(4000) }).catch(
    (cause: Error) => cause,
  )
  if (answer instanceof Response && answer.ok) return 0
  const reason = answer instanceof Response ? `status ${answer.status}` : answer.message
  console.error(`web does not answer as it should, ${reason}: ${origin}`)
  return 1
}
