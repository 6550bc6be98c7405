/** The alphabet of text messages (GSM 03.38) that takes 7 bits for a letter, and what takes two letters of it. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('^{}\\[~]|€');

const PLAINER: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  '·': '-',
};

/** A message is cut into segments, each of which costs. */
export const MAX_SEGMENTS = 3;
/** Letters of a segment, alone and among several, whose order takes some of the room. */
const GSM = { alone: 160, among: 153 };
const UCS2 = { alone: 70, among: 67 };

const isGsm = (letter: string): boolean => BASIC.has(letter) || EXTENDED.has(letter);

/** The same letter in the small alphabet where there is one: `ž` as `z`. */
const plainer = (letter: string): string => {
  if (isGsm(letter)) return letter;
  const found = PLAINER[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '');
  return found !== '' && Array.from(found).every(isGsm) ? found : letter;
};

interface Measured {
  readonly units: number;
  readonly room: { readonly alone: number; readonly among: number };
}

const unitsOf = (letter: string, isSmall: boolean): number => (isSmall ? (EXTENDED.has(letter) ? 2 : 1) : letter.length);

const measure = (text: string): Measured => {
  const letters = Array.from(text);
  const isSmall = letters.every(isGsm);
  return { units: letters.reduce((sum, letter) => sum + unitsOf(letter, isSmall), 0), room: isSmall ? GSM : UCS2 };
};

export const segmentsOf = (text: string): number => {
  const { units, room } = measure(text);
  return units <= room.alone ? 1 : Math.ceil(units / room.among);
};

const MORE = '...';

/**
 * Makes a text fit into three segments. Typographic signs and accents that the small alphabet lacks are written plainly: one of
 * them would more than halve the room. A letter that fills two places may move to the next segment, so one place of each stays free.
 */
export const fitSms = (text: string): string => {
  const whole = Array.from(text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').trim(), plainer).join('');
  if (segmentsOf(whole) <= 1) return whole;
  const { units, room } = measure(whole);
  const most = (room.among - 1) * MAX_SEGMENTS;
  if (units <= most) return whole;
  const isSmall = room === GSM;
  let used = MORE.length;
  let cut = '';
  for (const letter of whole) {
    used += unitsOf(letter, isSmall);
    if (used > most) break;
    cut += letter;
  }
  return `${cut.trimEnd()}${MORE}`;
};
