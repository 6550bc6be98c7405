import { ARABIC, EMOJI, EUROPEAN, hanFamilies, SCRIPTS, SYMBOLS, type Face, type Family } from './font-files.js';
import type { Font, LoadFont } from './load-font.js';

/** Characters that a reader takes for one, such as a letter with its accents, and the font that has them all. */
export interface Cluster {
  readonly text: string;
  readonly font: Font;
}

export type ChooseFonts = (text: string, face: Face) => Promise<readonly Cluster[]>;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Marks that have no shape of their own: a font need not have them. */
const SHAPELESS = /\p{Default_Ignorable_Code_Point}/u;
const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;
const AS_EMOJI = /\p{Emoji_Presentation}|\uFE0F/u;

const ARABIC_LETTER = /\p{Script=Arabic}/gu;

/** The text that a cluster is part of, as far as the choice depends on it. */
interface Context {
  readonly face: Face;
  readonly han: readonly Family[];
  /** Arabic letters join, so all of them are in one font: in that for Europe, unless it lacks one, as it does in Urdu. */
  readonly arabic: Family;
}

const familiesFor = (cluster: string, { han, arabic }: Context): readonly Family[] => {
  const own = [arabic, ...SCRIPTS].filter(({ first }) => first?.test(cluster));
  const drawn = AS_EMOJI.test(cluster) ? [EMOJI] : HAN.test(cluster) ? han : own;
  return [...new Set([...drawn, EUROPEAN, ...han, EMOJI, SYMBOLS, ARABIC, ...SCRIPTS])];
};

const shapedPoints = (cluster: string): readonly number[] =>
  Array.from(cluster)
    .filter((character) => !SHAPELESS.test(character))
    .map((character) => character.codePointAt(0) ?? 0);

/** `[U+10330]`: whoever reads it can look the character up. */
const codePointText = (character: string): string => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** One font for everything, for texts of which it has all characters. */
export const chooseOne =
  (font: Font): ChooseFonts =>
  (text) =>
    Promise.resolve(Array.from(graphemes.segment(text), ({ segment }) => ({ text: segment, font })));

/** Finds a font for every character of a text. What no font has is written as its code point, so nothing is lost unseen. */
export const createChooseFonts = (loadFont: LoadFont): ChooseFonts => {
  const contextOf = async (text: string, face: Face): Promise<Context> => {
    const letters = new Set(text.match(ARABIC_LETTER));
    const [file] = EUROPEAN.filesFor(face);
    const font = letters.size === 0 || file === undefined ? undefined : await loadFont(file);
    const isWhole = [...letters].every((letter) => font?.has(letter.codePointAt(0) ?? 0));
    return { face, han: hanFamilies(text), arabic: isWhole ? EUROPEAN : ARABIC };
  };

  const fontWith = async (cluster: string, context: Context): Promise<Font | undefined> => {
    const points = shapedPoints(cluster);
    for (const family of familiesFor(cluster, context))
      for (const file of family.filesFor(context.face)) {
        if (!points.every((point) => file.has(point))) continue;
        const font = await loadFont(file);
        if (points.every((point) => font.has(point))) return font;
      }
    return undefined;
  };

  /** The cluster in one font, or its characters one by one, or their code points. */
  const clustersOf = async (cluster: string, context: Context): Promise<readonly Cluster[]> => {
    const font = await fontWith(cluster, context);
    if (font !== undefined) return [{ text: cluster, font }];
    const characters = Array.from(cluster);
    const [only = ''] = characters;
    const pieces = characters.length === 1 ? Array.from(codePointText(only)) : characters;
    return (await Promise.all(pieces.map((piece) => clustersOf(piece, context)))).flat();
  };

  return async (text, face) => {
    const context = await contextOf(text, face);
    const known = new Map<string, readonly Cluster[]>();
    const clusters: Cluster[] = [];
    for (const { segment } of graphemes.segment(text)) {
      const found = known.get(segment) ?? (await clustersOf(segment, context));
      known.set(segment, found);
      clusters.push(...found);
    }
    return clusters;
  };
};
