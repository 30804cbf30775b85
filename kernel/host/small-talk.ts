/**
 * What the runtime and its native libraries say of themselves on stderr, which is no output of a cell: Node's word at the
 * exit of a process that an inspector watches, here its supervisor, and TensorFlow's news of its own set-up, which no
 * setting of it turns off.
 */
const smallTalk =
  /^(?:Waiting for the debugger to disconnect\.\.\.|WARNING: All log messages before absl::InitializeLog\(\) is called are written to STDERR|I0000 [\d:.]+ +\d+ \w+\.cc:\d+\] .*)\n/gm

/** The bytes without it. A line that is cut between two chunks stays. */
export function withoutSmallTalk(bytes: Buffer): Buffer {
  // Each byte a character: text that is cut inside a character is put together as it was.
  const text = bytes.toString('latin1')
  const rest = text.replace(smallTalk, '')
  return rest.length === text.length ? bytes : Buffer.from(rest, 'latin1')
}
