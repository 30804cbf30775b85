/**
 * Flags of Node that a kernel child needs. Without the first, ending a spin inside a timer or another callback
 * aborts the process ("async hook stack has become corrupted").
 */
export const childFlags = ['--no-force-async-hooks-checks', '--no-warnings']
