// %% [markdown]
// # Iris clusters
//
// 150 flowers of three species, four measurements each. We look at them, group them by k-means without
// telling it the species, and promote the question *which cluster does this flower belong to?*

// %%
import * as aq from 'arquero'
import * as Plot from '@observablehq/plot'
import { dataset, display, promote } from 'cellar'

const iris = await dataset('iris.csv')
iris

// %% [markdown]
// ## Each attribute
//
// The petals come in two clearly separate sizes; the sepals do not.

// %%
const attributes = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'] as const
type Attribute = (typeof attributes)[number]
type Flower = Record<Attribute, number> & { species: string }
const flowers = iris.objects() as Flower[]

Plot.plot({
  width: 760,
  height: 220,
  fx: { label: null },
  x: { label: 'cm' },
  y: { grid: true, label: 'flowers' },
  marks: [
    Plot.rectY(
      flowers.flatMap((flower) => attributes.map((name) => ({ name, value: flower[name] }))),
      Plot.binX({ y: 'count' }, { x: 'value', fx: 'name', thresholds: 16, fill: '#8c3b5a' }),
    ),
    Plot.ruleY([0]),
  ],
})

// %% [markdown]
// ## Sepals and petals

// %%
const scatter = (x: Attribute, y: Attribute, fill: string | ((flower: Flower, i: number) => unknown)) =>
  Plot.plot({
    width: 560,
    height: 360,
    grid: true,
    color: { legend: false, scheme: 'dark2', type: 'categorical' },
    x: { label: `${x.replace('_', ' ')}, cm` },
    y: { label: `${y.replace('_', ' ')}, cm` },
    marks: [Plot.dot(flowers, { x, y, fill, r: 4, fillOpacity: 0.8 })],
  })

display(scatter('sepal_length', 'sepal_width', 'species'))
display(scatter('petal_length', 'petal_width', 'species'))

// %% [markdown]
// ## K-means
//
// Start with k-means++ (each next centre is drawn with a chance proportional to its squared distance from the
// nearest one so far), then repeat: assign each flower to its nearest centre, move each centre to the mean of
// its flowers, until nothing moves. `k` is yours to change.

// %%
const k = 3
const seed = 7
const restarts = 10

// %%
type Point = number[]
const squaredDistance = (a: Point, b: Point) => a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0)

function nearest(point: Point, centres: Point[]) {
  let best = 0
  for (let c = 1; c < centres.length; c++) {
    if (squaredDistance(point, centres[c]) < squaredDistance(point, centres[best])) best = c
  }
  return best
}

/** Numbers in [0, 1) that repeat for a seed (mulberry32). */
function random(seed: number) {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

function plusPlus(points: Point[], k: number, next: () => number) {
  const centres = [points[Math.floor(next() * points.length)]]
  while (centres.length < k) {
    const weights = points.map((point) => squaredDistance(point, centres[nearest(point, centres)]))
    let left = next() * weights.reduce((a, b) => a + b, 0)
    const chosen = weights.findIndex((weight) => (left -= weight) < 0)
    centres.push(points[chosen < 0 ? points.length - 1 : chosen])
  }
  return centres
}

function kMeans(points: Point[], k: number, next: () => number) {
  let centres = plusPlus(points, k, next)
  let labels: number[] = []
  for (let moved = true; moved; ) {
    const assigned = points.map((point) => nearest(point, centres))
    moved = assigned.some((label, i) => label !== labels[i])
    labels = assigned
    centres = centres.map((centre, c) => {
      const own = points.filter((_, i) => labels[i] === c)
      return own.length ? centre.map((_, d) => own.reduce((sum, p) => sum + p[d], 0) / own.length) : centre
    })
  }
  const cost = points.reduce((sum, point, i) => sum + squaredDistance(point, centres[labels[i]]), 0)
  return { centres, labels, cost }
}

const points = flowers.map((flower) => attributes.map((name) => flower[name]))
const next = random(seed)
const runs = Array.from({ length: restarts }, () => kMeans(points, k, next))
const best = runs.reduce((a, b) => (b.cost < a.cost ? b : a))
// Number the clusters by petal length, so that a rerun gives the same names.
const order = best.centres.map((_, c) => c).sort((a, b) => best.centres[a][2] - best.centres[b][2])
const centres = order.map((c) => best.centres[c])
const labels = best.labels.map((label) => order.indexOf(label))
console.log(`cost ${best.cost.toFixed(2)} with ${k} clusters`)

aq.table({
  cluster: centres.map((_, c) => c),
  flowers: centres.map((_, c) => labels.filter((label) => label === c).length),
  ...Object.fromEntries(attributes.map((name, d) => [name, centres.map((centre) => Number(centre[d].toFixed(3)))])),
})

// %% [markdown]
// ## Clusters over the scatter

// %%
display(scatter('sepal_length', 'sepal_width', (_, i) => `cluster ${labels[i]}`))
display(scatter('petal_length', 'petal_width', (_, i) => `cluster ${labels[i]}`))

aq.table({ cluster: labels, species: flowers.map((flower) => flower.species) })
  .groupby('cluster', 'species')
  .count()
  .orderby('cluster', 'species')

// %% [markdown]
// ## Promote
//
// A promoted function takes an array of records and returns one prediction for each.

// %%
function whichCluster(records: Record<Attribute, number>[]) {
  return records.map((record) => {
    const point = attributes.map((name) => record[name])
    const cluster = nearest(point, centres)
    return { cluster, distance: Math.sqrt(squaredDistance(point, centres[cluster])) }
  })
}

await promote('iris-cluster', whichCluster, { data: iris.select(...attributes) })
