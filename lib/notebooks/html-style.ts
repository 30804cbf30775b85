/** How an exported notebook looks, in light and dark, on paper too. */
export const htmlStyle = `
:root { --text: #1d1a20; --dimmed: #625c66; --body: #fff; --inset: #f6f4f6; --border: #e4e0e4; --failed: #b3262a; --link: #8a2a49 }
@media (prefers-color-scheme: dark) {
  :root { --text: #e9e6ea; --dimmed: #aca5b0; --body: #17151a; --inset: #242128; --border: #35303a; --failed: #f59497; --link: #e79ab2 }
  img { background: #fff; border-radius: 6px }
}
* { box-sizing: border-box }
body { margin: 0; color: var(--text); background: var(--body); font: 15px/1.6 system-ui, sans-serif }
main { max-width: 960px; margin: 0 auto; padding: 32px 20px 80px }
a { color: var(--link) }
section { margin: 0 0 18px; position: relative }
.cell { border: 1px solid var(--border); border-radius: 10px; overflow: hidden }
.count { position: absolute; top: 8px; right: 12px; color: var(--dimmed); font: 12px ui-monospace, monospace }
pre { margin: 0; padding: 10px 14px; overflow-x: auto; font: 13px/20px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; tab-size: 2 }
.code, .text pre { background: var(--inset) }
.text pre { border-radius: 8px }
.outputs { border-top: 1px solid var(--border) }
.code + .outputs:first-child { border-top: 0 }
.outputs > img { display: block; max-width: 100%; margin: 10px 14px }
.outputs > .text { padding: 4px 14px }
.stderr { color: var(--dimmed) }
.error { color: var(--failed) }
iframe { display: block; width: 100%; height: 420px; border: 0; background: #fff; resize: vertical; overflow: auto }
.table { overflow-x: auto; max-height: 460px }
table { border-collapse: collapse; font-size: 13px }
th, td { padding: 4px 12px; border-bottom: 1px solid var(--border); text-align: left; white-space: nowrap; font-variant-numeric: tabular-nums }
th small { display: block; color: var(--dimmed); font-weight: 400 }
.note { margin: 0; padding: 4px 14px 8px; color: var(--dimmed); font-size: 13px }
@media print { .cell { break-inside: avoid } .table { max-height: none } }
`
