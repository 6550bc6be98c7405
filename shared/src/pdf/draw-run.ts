import type { Glyph } from './load-font.js';
import type { Run } from './paragraph.js';

/** What pdfkit asks its font engine for: the glyphs of a text, with lengths in units of the font. */
interface GlyphRun {
  readonly glyphs: readonly { readonly id: number; readonly advanceWidth: number; readonly codePoints: readonly number[] }[];
  readonly positions: readonly Record<'xAdvance' | 'yAdvance' | 'xOffset' | 'yOffset', number>[];
  readonly advanceWidth: number;
}

interface EngineFont {
  readonly unitsPerEm: number;
  getGlyph(id: number): { readonly advanceWidth: number };
  layout(text: string): GlyphRun;
}

/** How a font is drawn in one PDF. */
interface Drawn {
  readonly name: string;
  /** What readers of the PDF take each glyph for when they copy or search: the text that it stood for first. */
  readonly meanings: Map<number, string>;
}

export type DrawRun = (run: Run, x: number, baseline: number, size: number) => number;

const pointsOf = (text: string): readonly number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);

/** The characters that each glyph stands for. Of several glyphs for the same characters, the first one has them. */
const textsOf = ({ text, glyphs }: Run): readonly string[] => {
  const ends = [...new Set(glyphs.map(({ at }) => at)), text.length].sort((left, right) => left - right);
  const endOf = new Map(ends.map((at, index) => [at, ends[index + 1] ?? text.length]));
  const seen = new Set<number>();
  return glyphs.map(({ at }) => {
    if (seen.has(at)) return '';
    seen.add(at);
    return text.slice(at, endOf.get(at));
  });
};

/** Hands glyphs that have been placed already to pdfkit, which would place them with fewer rules. */
const layoutWith = (engine: EngineFont, glyphs: readonly Glyph[], texts: readonly string[]): GlyphRun => {
  const scale = engine.unitsPerEm;
  return {
    glyphs: glyphs.map(({ id }, index) => ({
      id,
      advanceWidth: engine.getGlyph(id).advanceWidth,
      codePoints: pointsOf(texts[index] ?? ''),
    })),
    positions: glyphs.map(({ advance, x, y }) => ({ xAdvance: advance * scale, yAdvance: 0, xOffset: x * scale, yOffset: y * scale })),
    advanceWidth: glyphs.reduce((sum, { advance }) => sum + advance, 0) * scale,
  };
};

/**
 * Whether readers get the text back from its glyphs, each of which is looked up alone. Where they would not, or take a
 * moved accent for the beginning of a word, the text stands beside the glyphs. Some readers turn such a text around when
 * it is written from the right, so there it is the last resort.
 */
const canBeRead = ({ text, glyphs, isRightToLeft }: Run, meanings: ReadonlyMap<number, string>): boolean => {
  const read = glyphs.map(({ id }) => meanings.get(id) ?? '');
  if (read.includes('')) return false;
  if (isRightToLeft) return read.reverse().join('') === text;
  return read.join('') === text && glyphs.every(({ x, y }) => x === 0 && y === 0);
};

/** Draws runs, each from the left, and says where the next one begins. */
export const createDrawRun = (pdf: PDFKit.PDFDocument): DrawRun => {
  const fonts = new Map<string, Drawn>();

  const drawnOf = (id: string, bytes: Buffer): Drawn => {
    const known = fonts.get(id) ?? { name: `f${fonts.size}`, meanings: new Map<number, string>() };
    if (!fonts.has(id)) pdf.registerFont(known.name, bytes);
    fonts.set(id, known);
    return known;
  };

  const place = (text: string, x: number, baseline: number): void => {
    // Given features, pdfkit lays the text out as a whole, not word by word.
    pdf.text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic', features: [] });
  };

  const drawEmbedded = (run: Run, bytes: Buffer, x: number, baseline: number, size: number): void => {
    const { name, meanings } = drawnOf(run.font.id, bytes);
    const { _font: font } = pdf.font(name).fontSize(size) as unknown as { readonly _font: { readonly font: EngineFont } };
    const texts = textsOf(run);
    run.glyphs.forEach(({ id }, index) => {
      if (!meanings.has(id)) meanings.set(id, texts[index] ?? '');
    });
    font.font.layout = () => layoutWith(font.font, run.glyphs, texts);
    const isReadable = canBeRead(run, meanings);
    if (!isReadable) pdf.markContent('Span', { actual: run.text });
    place(run.text, x, baseline);
    if (!isReadable) pdf.endMarkedContent();
  };

  return (run, x, baseline, size) => {
    const { text, font, glyphs } = run;
    if (font.bytes !== undefined) drawEmbedded(run, font.bytes, x, baseline, size);
    else {
      pdf.font(font.id).fontSize(size);
      place(text, x, baseline);
    }
    return x + glyphs.reduce((sum, { advance }) => sum + advance, 0) * size;
  };
};
