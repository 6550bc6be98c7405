import type { Validator } from './validate.js';

/**
 * The query or the form of a page that people open, as it was typed: mail programs and trackers lengthen links (`&fbclid=…`), forms
 * and people repeat a parameter, and copied addresses lose a byte. Read it with `typedIn`.
 */
export type PageQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Takes every query and every form, for routes with `page`. */
export const AS_TYPED: Validator = { check: (value) => value };

/** What was typed for a parameter: each value once, without blanks around it. `?n=1&n=2&n=1&n=` gives 1 and 2. */
export const typedIn = (query: PageQuery, name: string): readonly string[] => [
  ...new Set(
    [query[name] ?? []]
      .flat()
      .map((value) => value.trim())
      .filter((value) => value !== ''),
  ),
];
