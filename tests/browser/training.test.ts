import path from 'node:path'
import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'
import { newKey } from '../support/endpoint'
import { root } from '../support/paths'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('an uploaded file is edited, explored, trained on with k-means, seen as a scatter, made a version, and predicts', async () => {
  const { page, cellar, person } = at
  await page.goto(`${cellar.origin}/data/new`)
  await page.getByLabel('Choose a file').setInputFiles(path.join(root, 'notebooks/data/iris.csv'))
  await page.getByLabel('Name', { exact: true }).fill('flowers')
  await page.getByRole('button', { name: 'Save', exact: true }).click()

  const grid = page.getByRole('grid', { name: 'Rows of flowers' })
  await grid.getByRole('gridcell', { name: '5.1' }).first().dblclick()
  await page.getByLabel('sepal_length, number').fill('5.2')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Save as version' }).click()
  await page.getByLabel('What was changed, and why').fill('The first sepal was measured again.')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('version 2', { exact: false }).first().waitFor()

  await page.getByRole('link', { name: 'Explore' }).click()
  await page.getByRole('img', { name: 'Histogram of sepal_length' }).waitFor()
  await page.getByRole('link', { name: 'Train', exact: true }).click()
  await page.getByLabel('Clusters (k)').fill('4')
  await page.getByLabel('Compare k up to').fill('6')
  await page.getByRole('button', { name: 'Train', exact: true }).click()

  await page.getByRole('heading', { name: 'K-means clusters' }).waitFor()
  await page.getByRole('heading', { name: 'Sizes and centres' }).waitFor()
  await page.getByRole('figure').filter({ hasText: 'cluster 3' }).waitFor()
  // The petals are drawn first; a press shows the sepals.
  await page.getByText('sepal', { exact: true }).click()
  expect(await page.getByLabel('Across').inputValue()).toBe('sepal_length')
  const sizes = await page.getByRole('region', { name: 'Clusters' }).getByRole('row').count()
  expect(sizes).toBe(5)

  await page.getByRole('button', { name: 'Make a version' }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByLabel('Endpoint').inputValue()).toBe('flowers-clusters')
  await dialog.getByRole('button', { name: 'Make the version' }).click()
  await dialog.getByRole('link', { name: 'Try it' }).click()

  await page.getByRole('button', { name: 'Predict' }).click()
  await page.getByText('distance').first().waitFor()
  const { token } = await newKey(person)
  const answer = await fetch(`${cellar.origin}/api/v1/flowers-clusters/predict`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ sepal_length: 5, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 }),
  })
  expect(await answer.json()).toMatchObject({
    predictions: [{ cluster: expect.any(Number), distance: expect.any(Number) }],
  })
})

test('what cannot be trained says why on its page', async () => {
  const { page, cellar } = at
  await page.goto(`${cellar.origin}/data/iris/train`)
  await page.getByLabel('Clusters (k)').fill('500')
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page
    .getByRole('alert')
    .getByText('there are more clusters than rows: k is 500, rows are 150; choose a smaller k')
    .waitFor()
})
