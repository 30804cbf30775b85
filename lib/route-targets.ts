/** What a route is about, from the ids in its path. */
type Call = { params: Record<string, string> }

export const ofNotebook = ({ params }: Call) => ({ notebookId: params.id ?? '' })
export const ofFolder = ({ params }: Call) => ({ folderId: params.id ?? '' })
export const ofDataset = ({ params }: Call) => ({ datasetId: params.id ?? '' })
export const ofToken = ({ params }: Call) => ({ tokenId: params.id ?? '' })
