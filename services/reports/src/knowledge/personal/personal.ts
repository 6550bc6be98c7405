import { fold } from '@riparo/shared/text/fold';
import { addressRule } from './address-rules.js';
import { linkRule, mailRule, phoneRule, plateRule } from './contact-rules.js';
import { credentialRule } from './credential-rules.js';
import { harmlessIn } from './harmless.js';
import { bankRule, licenceRule, networkRule, serialRule, taxRule } from './identifier-rules.js';
import { givenNamesRule, knownNamesRule, titlesRule, type KnownNames } from './name-rules.js';
import { whole, type PersonalKind, type PersonalRule, type Span } from './span.js';

/** What is known of the people and the device that a text is about. */
export interface PersonalContext extends KnownNames {
  /** Serial numbers of the device, its mail addresses and the like: gone wherever they stand. */
  readonly secrets?: readonly string[];
  /** What an editor has looked at and found to be nobody's. */
  readonly accepted?: readonly string[];
}
export const NOBODY_KNOWN: PersonalContext = { names: [], keep: [] };

/** Something personal that was found in a text. */
export interface Personal {
  readonly kind: PersonalKind;
  readonly text: string;
}

/** Kinds that an editor may declare harmless: rules take models and streets for them. Numbers with a check digit are never a mistake. */
export const ACCEPTABLE_KINDS: readonly PersonalKind[] = [
  'name',
  'address',
  'serial',
  'plate',
  'network',
  'phone',
  'licence',
  'credential',
];

/** From the surest to the vaguest: of two that overlap, the first says what it is. */
const RULES: readonly PersonalRule[] = [
  linkRule,
  mailRule,
  credentialRule,
  bankRule,
  taxRule,
  serialRule,
  licenceRule,
  networkRule,
  addressRule,
  phoneRule,
  plateRule,
  titlesRule,
  givenNamesRule,
];

const secretsRule =
  (secrets: readonly string[]): PersonalRule =>
  (text) =>
    secrets
      .filter((secret) => secret.trim().length > 3)
      .flatMap((secret) =>
        [...text.matchAll(whole(secret.trim().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')))].map(({ index, 0: it }) => ({
          kind: 'serial' as const,
          start: index,
          end: index + it.length,
        })),
      );

const GAP = /^[\s.,]?\s?$/;
/** Joins what overlaps, and names that only a blank parts. */
const joined = (spans: readonly Span[], text: string): readonly Span[] => {
  const result: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.start - other.start || other.end - one.end)) {
    const last = result.at(-1);
    const touches = last !== undefined && (span.start < last.end || (isSameName(last, span) && GAP.test(text.slice(last.end, span.start))));
    if (touches) result[result.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    else result.push(span);
  }
  return result;
};
const isSameName = (one: Span, other: Span): boolean => one.kind === 'name' && other.kind === 'name';

/** Placeholders are nobody's, and stay when a text is gone through once more. */
const PLACEHOLDER = /\[(?:name|mail|phone|address|serial|network|licence|tax|bank|plate|link|credential)\]/g;

const spansIn = (text: string, context: PersonalContext): readonly Span[] => {
  const isHarmless = harmlessIn(text);
  const rules = [...RULES.slice(0, 2), secretsRule(context.secrets ?? []), ...RULES.slice(2), knownNamesRule(context)];
  const placeholders = [...text.matchAll(PLACEHOLDER)].map(({ index, 0: it }) => [index, index + it.length] as const);
  const accepted = new Set((context.accepted ?? []).map(fold));
  const found: Span[] = [];
  for (const rule of rules)
    for (const span of rule(text, isHarmless)) {
      if (placeholders.some(([from, to]) => from < span.end && span.start < to)) continue;
      const surer = found.find(({ start, end }) => start < span.end && span.start < end);
      found.push(surer === undefined ? span : { ...span, kind: surer.kind });
    }
  return joined(found, text).filter(
    ({ kind, start, end }) => !(ACCEPTABLE_KINDS.includes(kind) && accepted.has(fold(text.slice(start, end)))),
  );
};

/** Everything personal in a text, in its order. */
export const personalIn = (text: string, context: PersonalContext): readonly Personal[] =>
  spansIn(text, context).map(({ kind, start, end }) => ({ kind, text: text.slice(start, end) }));

/** The text with `[name]`, `[phone]` … where something personal stood, and what stood there. */
export const withoutPersonal = (
  text: string,
  context: PersonalContext,
): { readonly text: string; readonly removed: readonly Personal[] } => {
  const spans = spansIn(text, context);
  let [clean, at] = ['', 0];
  for (const { kind, start, end } of spans) {
    clean += `${text.slice(at, start)}[${kind}]`;
    at = end;
  }
  return { text: clean + text.slice(at), removed: spans.map(({ kind, start, end }) => ({ kind, text: text.slice(start, end) })) };
};
