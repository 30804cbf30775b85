/** `failed`: the receiver never took it; nothing is sent any more. */
export const deliveryStates = ['waiting', 'delivered', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** One POST to a receiver. `status`: of its answer; without one, `error` says what came in between. */
export type DeliveryAttempt = { at: string; ms: number; status?: number; error?: string }
