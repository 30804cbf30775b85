/** The id of the notebook that a newcomer begins with: the income example, as long as it is there. */
export const firstNotebook = (notebooks: { id: string; example: string | null }[]): string | undefined =>
  notebooks.find(({ example }) => example === 'income-classifier.ts')?.id
