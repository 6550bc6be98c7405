/**
 * The one style sheet of all pages: for phones first (from 320 pixels), in light and dark, and for paper. It stands in the
 * page itself: it is smaller than the head of a further request, and a page that a service serves alone looks the same.
 * `--brand` and `--on-brand` come with the page. Every pair of colours has the contrast that WCAG 2.2 AA asks for.
 */
export const STYLE = [
  ':root{color-scheme:light dark;--back:#fff;--text:#1f2933;--soft:#55606a;--line:#c4cad0;--edge:#767f88;--link:#0b57d0;--good:#e6f4ec;--bad:#fdeaea;--bad-text:#a11515}',
  '@media(prefers-color-scheme:dark){:root{--back:#14171a;--text:#e6e9ec;--soft:#a7b0b8;--line:#3a4249;--edge:#8b949d;--link:#8ab4f8;--good:#163324;--bad:#3f1d1d;--bad-text:#ff9d9d}}',
  'body{font:1.05rem/1.5 system-ui,sans-serif;margin:0;background:var(--back);color:var(--text);border-top:4px solid var(--brand);overflow-wrap:anywhere}',
  'header,main{max-width:40rem;margin:0 auto;padding:0 1rem}header{display:flex;gap:1rem;justify-content:space-between;align-items:center;padding-top:1rem}',
  'header p{margin:0;font-weight:bold}header img{display:block;height:2.5rem;max-width:12rem;object-fit:contain}header p{min-width:0}nav{flex:none;margin-inline-start:auto}nav a{display:inline-block;padding:.5rem;margin-inline-end:-.5rem}main{padding-bottom:3rem}',
  'a{color:var(--link)}:focus-visible{outline:3px solid var(--link);outline-offset:2px}[tabindex="-1"]:focus{outline:0}',
  'h1{font-size:1.5rem;line-height:1.25;margin:1.2rem 0 1rem}h2{font-size:1.15rem;margin:2rem 0 .6rem}p{margin:.6rem 0}.whole{white-space:pre-wrap}',
  'dl{display:grid;grid-template-columns:fit-content(38%) 1fr;gap:.25rem 1rem;margin:1rem 0}dt{color:var(--soft)}dd{margin:0;min-width:0}',
  'table{width:100%;border-collapse:collapse}td,th{padding:.5rem 0;vertical-align:top;border-bottom:1px solid var(--line);text-align:start}',
  'td+td,th+td{text-align:end;white-space:nowrap;padding-inline-start:1rem}tfoot th{font-weight:normal}tfoot tr:last-child>*{font-weight:bold;font-size:1.15rem;border:0}',
  'small{color:var(--soft);display:block}.said{padding:.7rem 1rem;border-inline-start:4px solid #2a7;background:var(--good)}.fault{border-color:#c33;background:var(--bad)}.wrong{color:var(--bad-text);font-weight:bold;margin:.3rem 0}',
  'form{border:1px solid var(--line);border-radius:.5rem;padding:0 1rem 1rem;margin:1.5rem 0}form h2{margin-top:1rem}form small{margin-bottom:.3rem}label{display:block;margin:.8rem 0 .3rem;font-weight:bold}',
  'input,textarea,select{font:inherit;color:inherit;background:var(--back);width:100%;box-sizing:border-box;padding:.5rem;border:1px solid var(--edge);border-radius:.3rem}[aria-invalid]{border:2px solid var(--bad-text)}',
  'button{font:inherit;font-weight:bold;margin-top:1rem;padding:.7rem 1.2rem;border:1px solid currentcolor;border-radius:.3rem;background:var(--brand);color:var(--on-brand);cursor:pointer;width:100%}',
  'fieldset{border:0;padding:0;margin:0}legend{font-weight:bold;padding:.8rem 0 .3rem}.choice{display:flex;gap:.7rem;align-items:center;font-weight:normal;margin:.4rem 0;padding:.5rem .7rem;border:1px solid var(--edge);border-radius:.3rem;cursor:pointer}.choice:has(:checked){border-color:var(--link);box-shadow:inset 0 0 0 1px var(--link)}[type=radio]{width:1.25rem;height:1.25rem;margin:0;flex:none}',
  '.plain button,button.plain{background:#5c6670;color:#fff}',
  '@media(max-width:32rem){dl{display:block}dd{margin:0 0 .6rem}}',
  '@media print{:root{color-scheme:light;--back:#fff;--text:#000;--soft:#333;--line:#999}nav,form,button{display:none}header,main{max-width:none;padding:0}a{color:inherit}tr,dl{break-inside:avoid}}',
].join('');
