/** Data or parameters that nothing can be trained with: says what, and what to do. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError'
}
