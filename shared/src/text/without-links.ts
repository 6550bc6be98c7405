import { cut } from './cut.js';

/** With a scheme, a path behind a host, an `@`, or as browsers complete it. */
const LINK = /:\/\/|^www[.。]|@|[.。]\S*\/|^[a-z][a-z0-9+-]*:\S/iu;
/** `evil.com`, but not `S.r.l.`, `537.36`, `Dott.ssa` or `Sig.ra` (no top-level domain is called so). */
const DOT_IN_HOST = /[.。](?!(?:ssa|ra)(?![\p{L}\p{N}-]))(?=\p{L}[\p{L}\p{N}-])/gu;

/**
 * Text of a stranger, such as a name, for a mail to somebody else: mail programs make links of anything that looks like
 * one. Words that are links go, and a dot inside a word gets a blank (`evil.com` is shown as `evil. com`, `Dr.Rossi` as
 * `Dr. Rossi`). One line of `max` characters at most; empty when nothing is left.
 */
export const withoutLinks = (text: string, max = 80): string =>
  cut(
    text
      .normalize('NFKC')
      .split(/\s+/)
      .filter((word) => !LINK.test(word))
      .map((word) => word.replace(DOT_IN_HOST, '. '))
      .join(' ')
      .trim(),
    max,
  );
