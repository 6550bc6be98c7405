import type { Bench } from './bench.js';

export interface ShownPage {
  readonly status: number;
  readonly text: string;
  /** Where its forms go, and the names of their fields. */
  readonly forms: readonly string[];
  readonly fields: readonly string[];
}

const all = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

/** Opens a page as a browser does, or sends one of its forms. */
export const readPage = async (
  { baseUrl }: Pick<Bench, 'baseUrl'>,
  path: string,
  form?: Readonly<Record<string, string>>,
  language = 'en',
): Promise<ShownPage> => {
  const headers = { accept: 'text/html', 'accept-language': language };
  const sent = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
  const response = await fetch(`${baseUrl}${path}`, { headers, ...sent });
  const text = await response.text();
  const forms = all(text, /<form method="post" action="([^"?]*)/g);
  return { status: response.status, text, forms, fields: all(text, /<(?:input|select|textarea)[^>]* name="([^"]*)"/g) };
};
