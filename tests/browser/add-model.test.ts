import path from 'node:path'
import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'
import { newKey, predict } from '../support/endpoint'
import { root } from '../support/paths'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

const models = path.join(root, 'tests/kernel/serve/fixtures/models')

test('a model from a file is looked at, named, tried and published, and a file of another format is its next version', async () => {
  const { page, cellar, person } = at
  await page.goto(`${cellar.origin}/endpoints`)
  await page.getByRole('button', { name: 'Add a model' }).click()
  const dialog = page.getByRole('dialog')

  at.complaints.length = 0
  await dialog.getByLabel('Files', { exact: true }).setInputFiles(path.join(models, 'make.py'))
  expect(await dialog.getByRole('alert').innerText()).toBe(
    'no model was found, upload a model.json with its weights, a SavedModel as zip or tgz, or an ONNX file: make.py',
  )
  // The browser tells every answer that is no success.
  at.complaints.length = 0

  await dialog.getByLabel('Files', { exact: true }).setInputFiles(path.join(models, 'iris.onnx'))
  await dialog.getByLabel('Endpoint').waitFor()
  expect(await dialog.getByLabel('Endpoint').inputValue()).toBe('iris')
  await dialog
    .getByLabel('Names of its 4 values')
    .fill('sepal_length, sepal_width, petal_length, petal_width')
  await dialog.getByLabel('Name of label').fill('species')
  await page.keyboard.press('Tab')
  await dialog.getByTestId('answer').filter({ hasText: '"species"' }).waitFor()
  await dialog
    .getByLabel('Example')
    .fill('{"sepal_length": 6.3, "sepal_width": 3.3, "petal_length": 6, "petal_width": 2.5}')
  await dialog.getByRole('button', { name: 'Try it' }).click()
  await dialog.getByTestId('answer').filter({ hasText: '"species": 2' }).waitFor()
  await dialog.getByRole('button', { name: 'Publish' }).click()

  await page.getByRole('heading', { name: 'iris', level: 1 }).waitFor()
  await page.getByText('From iris.onnx (ONNX)').waitFor()
  const { token } = await newKey(person)
  const records = [
    { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 },
    { sepal_length: 6.3, sepal_width: 3.3, petal_length: 6, petal_width: 2.5 },
  ]
  const answer = await predict(cellar.origin, 'iris', records, { authorization: `Bearer ${token}` })
  expect(answer).toMatchObject({
    status: 200,
    body: { version: '1.0.0', predictions: [{ species: 0 }, { species: 2 }] },
  })

  await page.getByRole('button', { name: 'New version from a file' }).click()
  await dialog.getByLabel('Files', { exact: true }).setInputFiles(path.join(models, 'scorer.tgz'))
  await dialog.getByRole('button', { name: 'Add the version' }).click()
  await page.getByText('From scorer.tgz (TensorFlow SavedModel)').waitFor()
})
