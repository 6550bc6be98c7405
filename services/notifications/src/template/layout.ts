/**
 * One column, 600 pixels at most, in tables: Outlook for Windows draws with the engine of Word, which knows neither
 * `max-width` nor padding of a `div`, and gets a table of its own. Styles stand inline, because some programs take the
 * `<style>` out; it only adds dark colours and less room on phones. The hidden first line is what lists of mails show
 * beside the subject. docs/adr/0049 says why no mail framework makes it.
 */
export const LAYOUT = `<!doctype html>
<html lang="{{locale}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>{{subject}}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a { color: #0b57d0; }
@media (prefers-color-scheme: dark) {
  .page { background: #14171a !important; }
  .card { background: #22272b !important; }
  .words { color: #e6e9ec !important; }
  .words a { color: #8ab4f8 !important; }
  .small { color: #a7b0b8 !important; }
}
@media (max-width: 480px) {
  .room { padding: 20px 16px !important; }
  .button { display: block !important; text-align: center !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f5f7;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%">
{{#if preview}}<div style="display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;opacity:0">{{preview}}</div>
{{/if}}<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f4f5f7"><tr><td align="center" style="padding:24px 8px">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px">
{{#if logoUrl}}<tr><td style="padding:0 0 16px"><img src="{{logoUrl}}" alt="{{company}}" height="40" style="display:block;height:40px;width:auto;max-width:240px;border:0;font-family:Arial,Helvetica,sans-serif;font-size:18px;color:#5b6770"></td></tr>
{{/if}}<tr><td class="card" style="background:#ffffff;border-top:4px solid {{colour}};border-radius:6px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="room words" style="padding:28px 32px 16px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#1f2933;overflow-wrap:anywhere;word-break:break-word">
{{#each paragraphs}}<p{{#if isOther}} dir="auto"{{/if}} style="margin:0 0 16px">{{#each lines}}{{#unless @first}}<br>{{/unless}}{{#if url}}<a href="{{text}}">{{text}}</a>{{else}}{{#each stretches}}{{#if isIsolated}}<bdi>{{text}}</bdi>{{else}}{{text}}{{/if}}{{/each}}{{/if}}{{/each}}</p>
{{/each}}{{#if link}}<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 20px"><tr><td style="border-radius:4px;background:{{colour}}"><a class="button" href="{{link}}" style="display:inline-block;padding:12px 20px;border:1px solid {{colour}};border-radius:4px;background:{{colour}};color:{{onColour}} !important;font-weight:bold;text-decoration:none">{{action}}</a></td></tr></table>
{{/if}}</td></tr></table>
</td></tr>
<tr><td class="small" style="padding:16px 8px 0;font-family:Arial,Helvetica,sans-serif;font-size:13px;line-height:1.4;color:#5b6770">{{#each footer}}{{#if isIsolated}}<bdi>{{text}}</bdi>{{else}}{{text}}{{/if}}{{/each}}</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`;
