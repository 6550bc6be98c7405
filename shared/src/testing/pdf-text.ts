import { inflateSync } from 'node:zlib';

/** A PDF's objects by number, as the characters of their bytes. */
const objectsOf = (pdf: string): ReadonlyMap<string, string> =>
  new Map([...pdf.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => [id, body]));

const streamOf = (object = ''): string => {
  const [, bytes = ''] = /stream\n([\s\S]*)\nendstream/.exec(object) ?? [];
  return object.includes('FlateDecode') ? inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1') : bytes;
};

const fromHex = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** What a font's glyphs stand for (PDF 32000-1, 9.10.3), as pdfkit writes it: ranges with a list of targets. */
const glyphsOf = (cmap: string): ReadonlyMap<number, string> => {
  const ranges = cmap.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g);
  return new Map(
    [...ranges].flatMap(([, first = '', targets = '']) =>
      [...targets.matchAll(/<([^>]*)>/g)].map(
        ([, hex = ''], index) => [parseInt(first, 16) + index, fromHex(hex.replace(/\s/g, ''))] as const,
      ),
    ),
  );
};

type Meanings = ReadonlyMap<number, string>;

const fontsOf = (objects: ReadonlyMap<string, string>): ReadonlyMap<string, Meanings> => {
  const fonts = new Map<string, Meanings>();
  for (const body of objects.values())
    for (const [, name = '', id = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const cmapId = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
      if (cmapId !== undefined) fonts.set(name, glyphsOf(streamOf(objects.get(cmapId))));
    }
  return fonts;
};

/** Windows-1252 from 0x80 to 0x9F, where it differs from Unicode; Node 20 does not decode it. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';
const windowsText = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[\u0080-\u009F]/g, (each) => WINDOWS.charAt(each.charCodeAt(0) - 0x80));

/** A font without a table of meanings is one that readers have: two digits for each letter. */
const shown = (meanings: Meanings | undefined, hex: string): readonly string[] =>
  meanings === undefined
    ? Array.from(windowsText(Buffer.from(hex, 'hex')))
    : (hex.match(/.{4}/g) ?? []).map((code) => meanings.get(parseInt(code, 16)) ?? '\uFFFD');

const FROM_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thaana}]/u;

/** A string as PDFs write it: UTF-16 behind a mark, some bytes behind a backslash. */
const unescaped = (text: string): string => {
  const bytes = text.replace(
    /\\(.)/gs,
    (_, character: string) => ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' })[character] ?? character,
  );
  return bytes.startsWith('\u00FE\u00FF') ? Buffer.from(bytes.slice(2), 'latin1').swap16().toString('utf16le') : bytes;
};

const TOKENS = /ActualText \(((?:\\.|[^\\)])*)\)|(EMC)|(BT)\n|[\d.-]+ ([\d.-]+) Tm|\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ|(ET)\n/gs;

/** The stretches of a page as a reader of the PDF gives them back, with the height at which each stands. */
const stretchesOf = (content: string, fonts: ReadonlyMap<string, Meanings>): readonly (readonly [y: string, text: string])[] => {
  const stretches: [string, string][] = [];
  let actual: string | undefined;
  let [font, y] = ['', ''];
  let glyphs: string[] = [];
  for (const [, replacement, isEnd, isBegun, height, name, array, isDone] of content.matchAll(TOKENS)) {
    if (replacement !== undefined) actual = unescaped(replacement);
    else if (isEnd !== undefined) actual = undefined;
    else if (isBegun !== undefined) [glyphs, y] = [[], ''];
    // Moved accents have heights of their own: the first one counts.
    else if (height !== undefined) y ||= height;
    else if (name !== undefined) font = name;
    else if (array !== undefined)
      glyphs.push(...[...array.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => shown(fonts.get(font), hex)));
    else if (isDone !== undefined) {
      const text = glyphs.join('');
      stretches.push([y, actual ?? (FROM_RIGHT.test(text) ? glyphs.reverse().join('') : text)]);
    }
  }
  return stretches;
};

const pageContents = (objects: ReadonlyMap<string, string>): readonly string[] =>
  [...objects.values()]
    .filter((body) => body.includes('/Type /Page\n'))
    .map((page) => streamOf(objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '')));

/** The text of a PDF that pdfkit has made, page by page, line by line as it was placed. */
export const pdfText = (bytes: Buffer): readonly string[] => {
  const objects = objectsOf(bytes.toString('latin1'));
  const fonts = fontsOf(objects);
  return pageContents(objects).map((content) => {
    const lines: { y: string; text: string }[] = [];
    for (const [y, text] of stretchesOf(content, fonts)) {
      const last = lines.at(-1);
      if (last?.y === y) last.text += text;
      else lines.push({ y, text });
    }
    return lines.map(({ text }) => text).join('\n');
  });
};

/** How often a page shows the box that fonts have for what they lack (glyph 0). */
export const boxesIn = (bytes: Buffer): number => {
  const objects = objectsOf(bytes.toString('latin1'));
  const fonts = fontsOf(objects);
  let font = '';
  let boxes = 0;
  for (const [, name, hex = ''] of pageContents(objects)
    .join('\n')
    .matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>/g))
    if (name !== undefined) font = name;
    else if (fonts.has(font)) boxes += (hex.match(/.{4}/g) ?? []).filter((code) => code === '0000').length;
  return boxes;
};
