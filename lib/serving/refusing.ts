import { Refused } from '../refused'
import { RegistryError } from '../registry/registry'
import { Refusal } from './refusal'

/** What the parts that pages call refuse, in the gateway's own kind of error. */
export async function refusing<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Refused || error instanceof RegistryError)
      throw new Refusal(error.status, error.code, error.message)
    throw error
  }
}
