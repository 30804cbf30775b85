/**
 * Whether predictions say what turned out to be true. `output`: the answer's predictions. For a request of one record the
 * truth is that record's, else an array of as many. An object's truth is compared in the fields that it names; numbers
 * agree to a millionth of their size.
 */
export function agrees(truth: unknown, output: unknown): boolean {
  const predictions = Array.isArray(output) ? output : [output]
  if (predictions.length === 1) return same(truth, predictions[0]) || same(truth, output)
  return (
    Array.isArray(truth) &&
    truth.length === predictions.length &&
    truth.every((each, i) => same(each, predictions[i]))
  )
}

const tolerance = 1e-6

function same(truth: unknown, predicted: unknown): boolean {
  if (typeof truth === 'number' && typeof predicted === 'number')
    return Math.abs(truth - predicted) <= tolerance * Math.max(1, Math.abs(truth))
  if (Array.isArray(truth))
    return (
      Array.isArray(predicted) &&
      truth.length === predicted.length &&
      truth.every((each, i) => same(each, predicted[i]))
    )
  if (isObject(truth)) {
    if (isObject(predicted))
      return Object.keys(truth).every(
        (key) => Object.hasOwn(predicted, key) && same(truth[key], predicted[key]),
      )
    return false
  }
  return truth === predicted
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
