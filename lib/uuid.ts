const pattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** PostgreSQL refuses text of another shape where it wants an id, with an error of its own. */
export const isUuid = (text: string) => pattern.test(text)
