/** Names that a canned reply can leave open until it is used. */
export const PLACEHOLDERS = ['customer.name', 'ticket.number', 'ticket.title', 'technician.name', 'asset.name', 'company.name'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

const OPEN = /\{\{\s*([^{}]*?)\s*\}\}/g;

const isKnown = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name);

/** The fault in a text's placeholders; `undefined` when all of them are known. */
export const placeholderFault = (text: string): string | undefined => {
  const unknown = [...text.matchAll(OPEN)].map(([whole, name = '']) => ({ whole, name })).filter(({ name }) => !isKnown(name));
  const known = PLACEHOLDERS.map((name) => `{{${name}}}`).join(', ');
  if (unknown.length > 0) return `has the unknown placeholder ${unknown.map(({ whole }) => whole).join(', ')}; there are ${known}`;
  const rest = text.replace(OPEN, '');
  return /\{\{|\}\}/.test(rest) || /\{{3}|\}{3}/.test(text) ? `has braces that belong to no placeholder; there are ${known}` : undefined;
};

/** Fills plain text into plain text. A value is never searched for placeholders: a ticket titled `{{customer.name}}` stays as it is. */
export const fillIn = (text: string, values: Readonly<Partial<Record<Placeholder, string>>>): string =>
  text.replace(OPEN, (_, name: string) => (isKnown(name) ? (values[name] ?? '') : ''));
