import { readFile } from 'node:fs/promises';
import * as hb from 'harfbuzzjs';
import { LRUCache } from 'lru-cache';
import subsetFont from 'subset-font';
import type { FontFile } from './font-files.js';

/** A glyph in the order in which glyphs stand on the line, from the left. Lengths are parts of the font's size. */
export interface Glyph {
  readonly id: number;
  /** Where the characters that it stands for begin, in UTF-16 units of the text. */
  readonly at: number;
  readonly advance: number;
  readonly x: number;
  readonly y: number;
}

export interface Font {
  readonly id: string;
  /** A TrueType file; without it the font is one that every reader of PDFs has. */
  readonly bytes?: Buffer;
  /** Above and below the baseline, and between lines, as parts of the font's size. */
  readonly ascent: number;
  readonly descent: number;
  readonly gap: number;
  has(codePoint: number): boolean;
  /** The glyphs of a text of one direction: joined, stacked and placed as its script asks for. */
  shape(text: string, isRightToLeft: boolean): readonly Glyph[];
  /** How far a glyph reaches above and below the line on which it stands. */
  reachOf(id: number): { readonly above: number; readonly below: number };
}

export type LoadFont = (file: FontFile) => Promise<Font>;

/** A text in Chinese needs some 20 files, each of which is 60 kB; the largest fonts for one script are 200 kB. */
const MAX_LOADED = 150;

const bytesOf = async ({ path, weight }: FontFile): Promise<Buffer> => {
  const bytes = await readFile(path);
  if (path.endsWith('.ttf')) return bytes;
  const axes = weight === undefined ? {} : { variationAxes: { wght: weight } };
  return subsetFont(bytes, undefined, { targetFormat: 'truetype', keepAllGlyphs: true, ...axes });
};

const fontOf = (id: string, bytes: Buffer, buffer: hb.Buffer): Font => {
  const face = new hb.Face(new hb.Blob(bytes));
  const font = new hb.Font(face);
  const { upem } = face;
  const { ascender, descender, lineGap } = font.hExtents();
  return {
    id,
    bytes,
    ascent: ascender / upem,
    descent: -descender / upem,
    gap: lineGap / upem,
    reachOf: (id) => {
      const { yBearing = 0, height = 0 } = font.glyphExtents(id) ?? {};
      return { above: yBearing / upem, below: -(yBearing + height) / upem };
    },
    has: (codePoint) => font.nominalGlyph(codePoint) !== undefined,
    shape: (text, isRightToLeft) => {
      buffer.reset();
      // Accents stay characters of their own, which readers of the PDF then find and copy.
      buffer.setClusterLevel(hb.ClusterLevel.MONOTONE_CHARACTERS);
      buffer.addText(text);
      buffer.setDirection(isRightToLeft ? hb.Direction.RTL : hb.Direction.LTR);
      buffer.guessSegmentProperties();
      buffer.setFlags(hb.BufferFlag.REMOVE_DEFAULT_IGNORABLES);
      hb.shape(font, buffer);
      const positions = buffer.getGlyphPositions();
      return buffer.getGlyphInfos().flatMap(({ codepoint, cluster }, index) => {
        const position = positions[index];
        if (position === undefined) return [];
        const { xAdvance, xOffset, yOffset } = position;
        return [{ id: codepoint, at: cluster, advance: xAdvance / upem, x: xOffset / upem, y: yOffset / upem }];
      });
    },
  };
};

/** Loads each file once, as long as it is in use. Variable fonts are made into plain ones, the only kind that PDFs know. */
export const createLoadFont = (): LoadFont => {
  const loaded = new LRUCache<string, Promise<Font>>({ max: MAX_LOADED });
  const buffer = new hb.Buffer();
  return (file) => {
    const id = `${file.path}@${file.weight ?? ''}`;
    const known = loaded.get(id);
    if (known !== undefined) return known;
    const font = bytesOf(file).then((bytes) => fontOf(id, bytes, buffer));
    loaded.set(id, font);
    return font;
  };
};
