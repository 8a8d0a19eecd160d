/** The style of the page; nothing is loaded from anywhere. */
export const style = `
:root { color-scheme: light; }
body { margin: 0 auto; padding: 1rem 1.25rem 3rem; max-width: 62rem; font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.35rem; margin-top: 2.5rem; border-bottom: 2px solid #3f6b99; } h3 { font-size: 1.1rem; margin-top: 2rem; }
a { color: #0b4a8f; } a:focus-visible { outline: 3px solid #8a2c0d; outline-offset: 2px; }
.skip { position: absolute; left: -100vw; } .skip:focus { position: static; }
nav ul { columns: 2; padding-left: 1.25rem; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; font-size: .9rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid #c4c4c4; overflow-wrap: break-word; }
thead th { border-bottom: 2px solid #595959; background: #f2f2f2; } tbody th { font-weight: 500; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td ul { margin: 0; padding-left: 1rem; }
code { font-size: .85em; color: #595959; overflow-wrap: anywhere; } small { color: #595959; }
.differs { color: #8a2c0d; }
figure { margin: 1rem 0; } figure svg { display: block; max-width: 100%; height: auto; } figcaption { font-size: .9rem; }
.rule { font-size: .9rem; color: #595959; }
@media print {
  @page { margin: 14mm; }
  :root { font-size: 8.5pt; }
  body { max-width: none; padding: 0; } nav, .skip { display: none; }
  h2, h3, caption { break-after: avoid; } tr, figure { break-inside: avoid; } thead { display: table-header-group; }
  tbody tr:first-child { break-before: avoid; } thead th { background: none; } a { color: inherit; }
  a[href^="http"]::after { content: " (" attr(href) ")"; overflow-wrap: anywhere; font-size: .85em; }
}
`;
