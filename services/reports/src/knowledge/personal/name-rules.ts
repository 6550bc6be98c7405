import { fold } from '@riparo/shared/text/fold';
import { spansOf, whole, type PersonalRule, type Span } from './span.js';
import { AMBIGUOUS_NAMES, FIRM_WORDS, GIVEN_NAMES, TECHNICAL_WORDS } from './word-lists.js';

const LETTERS = /[\p{L}\p{M}]+/gu;
const SHORTEST_NAME = 3;
const SENTENCE_END = /(?:^|[.!?:\n\r•*-])["'“(«\s]*$/u;

interface Word {
  readonly start: number;
  readonly end: number;
  readonly plain: string;
  readonly isCapitalised: boolean;
}
const lettersOf = (text: string): readonly Word[] =>
  [...text.matchAll(LETTERS)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
    plain: fold(word),
    isCapitalised: /^\p{Lu}/u.test(word),
  }));
const plainWords = (name: string): readonly string[] => lettersOf(name).map(({ plain }) => plain);

const beginsSentence = (text: string, { start }: Word): boolean => SENTENCE_END.test(text.slice(Math.max(0, start - 6), start));

/** Names that are known: of the customer, of the customer's people and of the centre's staff. */
export interface KnownNames {
  readonly names: readonly string[];
  /** Names of the device, which stay although somebody is called so. */
  readonly keep: readonly string[];
}

/** What stands behind the name of a firm. */
const LEGAL_FORM = /[\s,]+(?:s\.?\s?r\.?\s?l\.?\s?s?|s\.?\s?p\.?\s?a|s\.?\s?n\.?\s?c|s\.?\s?a\.?\s?s|ltd|llc|inc|gmbh|plc)\.?$/iu;

/** Whether a word alone is somebody: not a particle, not what a firm or a program is called. */
const isNameAlone = (word: string, keep: ReadonlySet<string>): boolean =>
  word.length >= SHORTEST_NAME && !FIRM_WORDS.has(word) && !TECHNICAL_WORDS.has(word) && !keep.has(word);

/** The whole name in its order or the other way round, whatever the case; "rossi mario". */
const sequencesOf = (names: readonly (readonly string[])[]): ReadonlyMap<string, readonly (readonly string[])[]> => {
  const byFirst = new Map<string, (readonly string[])[]>();
  for (const words of names.flatMap((name) => [name, name.toReversed()])) {
    const [first] = words;
    if (first !== undefined && words.length > 1) byFirst.set(first, [...(byFirst.get(first) ?? []), words]);
  }
  return byFirst;
};

export const knownNamesRule = ({ names, keep }: KnownNames): PersonalRule => {
  const kept = new Set(keep.flatMap(plainWords));
  const all = [...new Set(names)].map((name) => plainWords(name.replace(LEGAL_FORM, '')));
  const sequences = sequencesOf(all);
  const alone = new Set(all.flat().filter((word) => isNameAlone(word, kept)));
  return (text) => {
    const words = lettersOf(text);
    return words.flatMap((word, index): readonly Span[] => {
      const sequence = (sequences.get(word.plain) ?? []).find((it) => it.every((part, offset) => words[index + offset]?.plain === part));
      const last = sequence === undefined ? undefined : words[index + sequence.length - 1];
      if (last !== undefined) return [{ kind: 'name', start: word.start, end: last.end }];
      if (!alone.has(word.plain)) return [];
      const isMeant = !AMBIGUOUS_NAMES.has(word.plain) || (word.isCapitalised && !beginsSentence(text, word));
      return isMeant ? [{ kind: 'name', start: word.start, end: word.end }] : [];
    });
  };
};

const CAPITALISED =
  "(?:\\p{Lu}['’]\\p{Lu}\\p{Ll}+|\\p{Lu}\\p{Ll}+(?:['’-]\\p{Lu}?\\p{Ll}+)*|(?:Di|De|Del|Della|Dello|D['’]|Lo|La|Van|Von|Mc|Mac)\\s?\\p{Lu}\\p{Ll}+)";
const INITIAL = '(?:\\p{Lu}\\.\\s?)';
const NAME = `(?:${INITIAL}){0,2}${CAPITALISED}(?:\\s(?:${INITIAL})?${CAPITALISED}){0,2}`;
const UPPER_NAME = '\\p{Lu}{2,}(?:\\s\\p{Lu}{2,}){0,2}';

const TITLE =
  '[Ss]ig\\.?(?:\\s?ra|\\s?na|\\s?r)?\\.?|SIG\\.?(?:RA|NA)?\\.?|[Ss]ignor[aie]?|[Ss]ignorina|[Dd]ott\\.?(?:\\s?ssa|\\s?ri)?\\.?|[Dd]ottor(?:e|essa)?|Dr\\.?(?:ssa)?\\.?|dr\\.|[Ii]ng\\.|[Aa]vv\\.|[Aa]vvocato|[Ii]ngegner|[Aa]rch\\.|[Gg]eom\\.|[Rr]ag\\.|[Pp]rof\\.?(?:ssa)?\\.?|[Pp]rofessor(?:e|essa)?|[Mm]r\\.?|[Mm]rs\\.?|Ms\\.?|Miss|Mx\\.?|Sir|Madam|Gent(?:ile|ilissim[oa]|\\.\\s?m[oai]|\\.)|Egr(?:egio|egia|\\.)|Spett(?:\\.\\s?le|abile|\\.)|Car[oai]|Dear|DOTT\\.?|MR\\.?|MRS\\.?';
const TITLED = new RegExp(`(?<![\\p{L}\\p{N}])(?:(?:${TITLE})\\s+)+(?:Ditta\\s+)?(?<it>${NAME}|${UPPER_NAME})(?![\\p{L}\\p{N}])`, 'gu');
/** "sig. rossi", "sig.ra bianchi", "mr. smith" in small letters. */
const TITLED_SMALL =
  /(?<![\p{L}\p{N}])(?:sig\.(?:\s?ra|\s?na)?\.?|dott\.(?:\s?ssa)?\.?|mr\.?|mrs\.?|avv\.|ing\.|geom\.|rag\.)\s+(?<it>\p{Ll}{3,})(?![\p{L}\p{N}])/giu;
const GREETED =
  /(?<![\p{L}\p{N}])(?<!Windows )(?:Hi|Hello|Hey|Ciao|Buongiorno|Buonasera|Salve|Thanks|Thank you|Grazie(?: mille)?|Regards|Kind regards|Best regards|Saluti|Cordiali saluti|Distinti saluti|Sincerely|Cheers|Best wishes)[,!.]?\s+/gu;
const NAME_HERE = new RegExp(`^(?<it>${NAME})(?![\\p{L}\\p{N}])`, 'u');
const INTRODUCED = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:[Mm]y name(?:['’]s| is)|[Mm]i chiamo|[Nn]ome(?: e cognome)?:|[Cc]ognome:|[Nn]ame:|[Ss]urname:|[Cc]ontact:|[Rr]eferente:?|[Cc]liente:|[Cc]ustomer:|[Oo]wner:|[Pp]roprietari[oa]:|a nome di|on behalf of|intestat[oa] a|c/o|[Aa]tt\\.?ne|[Ss]poke (?:to|with)|[Pp]arlato con|[Tt]alked to|[Cc]alled by|[Cc]ollected by|[Pp]icked up by|[Ss]igned(?: by)?:?|[Ff]irmato(?: da)?:?|[Cc]onsegnat[oa] a|[Rr]itirat[oa] da|[Dd]elivered to|[Rr]eported by|[Ss]egnalat[oa] da|[Cc]hiedere di|[Aa]sk for|[Hh]anded to)\\s+(?<it>${NAME})(?![\\p{L}\\p{N}])`,
  'gu',
);
/** "the customer Anna Bianchi", "la collega Marta Neri" */
const RELATED = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:[Cc]liente|[Cc]ustomer|[Cc]lient|[Tt]itolare|[Cc]ollega|[Cc]olleague|[Rr]eferente|moglie|marito|figli[oa]|wife|husband|son|daughter|fratello|sorella|sister|tecnico|technician|engineer|manager|segretaria|secretary|receptionist|owner|proprietari[oa])(?:\\s(?:è|is|il|la))?,?\\s+(?<it>${NAME})(?![\\p{L}\\p{N}])`,
  'gu',
);
const TWO_CAPITALISED = whole(`${CAPITALISED}(?:\\s${CAPITALISED}){1,2}`, 'gu');

/** "Gentile Dott. Rossi": a title is not the name behind another title. */
const TITLE_WORDS: ReadonlySet<string> = new Set(
  'sig signor signora signore signorina dott dottor dottore dottoressa dr ing avv avvocato arch geom rag prof professor professore professoressa mr mrs ms miss mx sir madam gentile egregio egregia spettabile caro cara dear ditta'.split(
    ' ',
  ),
);

const JOINING_WORDS: ReadonlySet<string> = new Set(['and', 'the', 'che', 'non', 'has', 'was', 'per', 'con', 'dei', 'ha', 'ed']);

const isTechnical = (word: string): boolean => TECHNICAL_WORDS.has(fold(word));
/** No word of it is of computers: "Windows Update" is nobody. */
const isSomebody = (it: string): boolean => plainWords(it).every((word) => !TECHNICAL_WORDS.has(word) && !TITLE_WORDS.has(word));

const greetedIn = (text: string): readonly Span[] =>
  [...text.matchAll(GREETED)].flatMap(({ index, 0: greeting }) => {
    const start = index + greeting.length;
    const it = NAME_HERE.exec(text.slice(start, start + 80))?.groups?.it;
    return it === undefined || !isSomebody(it) ? [] : [{ kind: 'name' as const, start, end: start + it.length }];
  });

const isRelation = (it: string): boolean =>
  isSomebody(it) && plainWords(it).some((word, _, all) => all.length > 1 || GIVEN_NAMES.has(word));

export const titlesRule: PersonalRule = (text) => [
  ...spansOf('name', TITLED, text, (it) => isSomebody(it.split(/\s/)[0] ?? '')),
  ...spansOf('name', TITLED_SMALL, text, (it) => !isTechnical(it) && !JOINING_WORDS.has(it.toLowerCase())),
  ...greetedIn(text),
  ...spansOf('name', INTRODUCED, text, isSomebody),
  ...spansOf('name', RELATED, text, isRelation),
];

/** "Giulia", "Marco Ferrante", "Ferrante Marco": a given name takes the capitalised words beside it along. */
export const givenNamesRule: PersonalRule = (text) => {
  const words = lettersOf(text);
  const isGiven = ({ plain, isCapitalised }: Word): boolean => isCapitalised && GIVEN_NAMES.has(plain) && !AMBIGUOUS_NAMES.has(plain);
  const pairs = spansOf('name', TWO_CAPITALISED, text, (it) => {
    const parts = plainWords(it);
    return parts.some((part) => GIVEN_NAMES.has(part)) && isSomebody(it);
  }).map((span) => {
    const first = words.find(({ start }) => start === span.start);
    const isOpening = first !== undefined && !isGiven(first) && beginsSentence(text, first);
    // "Called Mario Rossi": the first word of a sentence has its capital from there.
    return isOpening ? { ...span, start: words.find(({ start }) => start > span.start)?.start ?? span.start } : span;
  });
  return [...pairs, ...words.filter(isGiven).map(({ start, end }) => ({ kind: 'name' as const, start, end }))];
};
