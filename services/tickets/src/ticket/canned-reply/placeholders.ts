/** What a canned reply can leave open until it is used. */
export const PLACEHOLDERS = ['customer.name', 'ticket.number', 'ticket.title', 'technician.name', 'asset.name', 'company.name'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

const OPEN = /\{\{\s*([^{}]*?)\s*\}\}/g;

const isKnown = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name);

/** What is wrong with the placeholders of a text; nothing when every one can be filled in. */
export const placeholderFault = (text: string): string | undefined => {
  const unknown = [...text.matchAll(OPEN)].map(([whole, name = '']) => ({ whole, name })).filter(({ name }) => !isKnown(name));
  const known = PLACEHOLDERS.map((name) => `{{${name}}}`).join(', ');
  if (unknown.length > 0) return `has the unknown placeholder ${unknown.map(({ whole }) => whole).join(', ')}; there are ${known}`;
  const rest = text.replace(OPEN, '');
  return /\{\{|\}\}/.test(rest) || /\{{3}|\}{3}/.test(text) ? `has braces that belong to no placeholder; there are ${known}` : undefined;
};

/** Plain text for plain text; a value is never looked through for placeholders, so nothing in it can call up another. */
export const fillIn = (text: string, values: Readonly<Partial<Record<Placeholder, string>>>): string =>
  text.replace(OPEN, (_, name: string) => (isKnown(name) ? (values[name] ?? '') : ''));
