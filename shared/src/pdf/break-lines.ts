import LineBreaker from 'linebreak';
import type { Paragraph } from './paragraph.js';

/** From where to where a line goes; blanks at its end are left out. */
export type Line = readonly [from: number, to: number];

/** These languages have no blanks between words: where a word ends is looked up in a dictionary. */
const WITHOUT_BLANKS = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]{2,}/gu;
const words = new Intl.Segmenter('th', { granularity: 'word' });

const placesToBreak = (text: string): readonly number[] => {
  const places = new Set<number>();
  const breaker = new LineBreaker(text);
  for (let place = breaker.nextBreak(); place !== null; place = breaker.nextBreak()) places.add(place.position);
  for (const { 0: stretch, index } of text.matchAll(WITHOUT_BLANKS))
    for (const word of words.segment(stretch)) if (word.index > 0) places.add(index + word.index);
  return [...places].sort((left, right) => left - right);
};

/** Sums of many lengths differ in their last digits from one length. */
const TOLERANCE = 1e-6;

/** Breaks a paragraph into lines that are `width` times the font's size wide at most; a word that is wider is broken too. */
export const breakLines = ({ text, starts, reach }: Paragraph, width: number): readonly Line[] => {
  const trimmed = (from: number, to: number): number => from + text.slice(from, to).trimEnd().length;
  const fits = (from: number, to: number): boolean => (reach[trimmed(from, to)] ?? 0) - (reach[from] ?? 0) <= width + TOLERANCE;
  const lines: Line[] = [];
  let from = 0;
  const end = (to: number): void => {
    lines.push([from, trimmed(from, to)]);
    from = to;
  };
  let last = 0;
  let next = 0;
  for (const place of placesToBreak(text)) {
    if (!fits(from, place) && last > from) end(last);
    while (!fits(from, place)) {
      // At least one character goes on every line, however narrow it is.
      while ((starts[next] ?? text.length) <= from) next++;
      while ((starts[next + 1] ?? text.length) < place && fits(from, starts[next + 1] ?? text.length)) next++;
      const cut = starts[next] ?? text.length;
      if (cut >= place) break;
      end(cut);
    }
    last = place;
  }
  if (from < text.length || lines.length === 0) end(text.length);
  return lines;
};
