/** Part of what is sealed: a key that is copied to another endpoint cannot be opened there. */
export const keyPlace = (endpointId: string) => `webhook ${endpointId}`
