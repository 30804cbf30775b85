/** PostgreSQL's channel on which a new delivery is told to whoever sends them. */
export const webhooksChannel = 'webhook_deliveries'
